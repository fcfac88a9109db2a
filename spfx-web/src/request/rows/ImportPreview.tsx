import { Button, Checkbox, MessageBar, MessageBarBody } from '@fluentui/react-components';
import * as React from 'react';

import { rowFieldsOf, type Field, type Issue } from '../../forms/model';
import { placeOf } from '../../forms/place';
import { useEnvironment } from '../../page/environment';
import { RowsTable, type TableRow } from '../../page/RowsTable';
import { useStyles } from '../../page/styles';
import { fill, issueText, labelText } from '../../page/words';
import type { Preview } from '../csv/reading';
import { saveText } from '../csv/save';
import type { ImportPanelProps } from './ImportPanel';
import { headingsOf, tableRow } from './tableRow';

export interface ImportPreviewProps extends ImportPanelProps {
  preview: Preview;
  hasRows: boolean;
  onCancel(): void;
}

/** All rows that were read, each with what is wrong with it. */
export function ImportPreview(props: ImportPreviewProps): React.ReactElement {
  const { strings } = useEnvironment();
  const styles = useStyles();
  const { preview, field } = props;
  const [onlyBad, setOnlyBad] = React.useState(false);
  const bad = Array.from(preview.findings.keys()).sort((a, b) => a - b);
  const shown = onlyBad ? bad : undefined;
  const text = strings.rows;
  const fields = rowFieldsOf(field);
  const names = headingsOf(fields, strings.language);
  const rowAt = (index: number): TableRow => {
    const at = shown ? shown[index] : index;
    const { masters } = props;
    const row = tableRow({ at, fields, row: preview.rows[at], masters, language: strings.language });
    const line = preview.lines[at];
    const findings = preview.findings.get(at);
    const cells = line === undefined ? row.cells : [`${line}`, ...row.cells];
    return { ...row, cells, isBad: !!findings, below: findings && <Findings issues={findings} fields={fields} /> };
  };
  const outcome = fill(bad.length > 0 ? text.readBad : text.read, { count: preview.rows.length, bad: bad.length });
  return (
    <div className={styles.stack}>
      <MessageBar intent={bad.length > 0 || preview.general.length > 0 ? 'warning' : 'success'} layout="multiline" role="status">
        <MessageBarBody>
          {outcome}
          {preview.encoding && ` (${preview.encoding})`}
          {preview.general.map((issue) => (
            <p key={issue.code}>{issueText(strings, issue)}</p>
          ))}
        </MessageBarBody>
      </MessageBar>
      {bad.length > 0 && (
        <div className={styles.row}>
          <Checkbox label={text.onlyBad} checked={onlyBad} onChange={(_, data) => setOnlyBad(data.checked === true)} />
          <Button type="button" size="small" onClick={() => saveBad(props, bad, strings)}>
            {text.saveBad}
          </Button>
        </div>
      )}
      <RowsTable
        label={text.preview}
        headings={[...(preview.lines.length > 0 ? [text.line] : []), ...names]}
        count={shown ? shown.length : preview.rows.length}
        rowAt={rowAt}
      />
      <div className={styles.row}>
        <Button type="button" appearance="primary" onClick={() => props.onTake(preview.rows, false)}>
          {props.hasRows ? text.replace : text.take}
        </Button>
        {props.hasRows && (
          <Button type="button" onClick={() => props.onTake(preview.rows, true)}>
            {text.append}
          </Button>
        )}
        <Button type="button" appearance="subtle" onClick={props.onCancel}>
          {text.cancel}
        </Button>
      </div>
    </div>
  );
}

function Findings(props: { issues: Issue[]; fields: Field[] }): React.ReactElement {
  const { strings } = useEnvironment();
  return (
    <ul style={{ margin: 0, paddingInlineStart: '20px' }}>
      {props.issues.map((issue) => (
        <li key={`${issue.field} ${issue.code}`}>{findingText(issue, props.fields, strings)}</li>
      ))}
    </ul>
  );
}

function findingText(issue: Issue, fields: Field[], strings: ReturnType<typeof useEnvironment>['strings']): string {
  const { inner } = placeOf(issue.field);
  const field = fields.find((one) => one.key === inner);
  const words = issueText(strings, issue);
  return field ? `${labelText(field.label, strings.language)}: ${words}` : words;
}

/** The rows that cannot be taken, with what is wrong in a column that is not read again. */
function saveBad(props: ImportPreviewProps, bad: number[], strings: ReturnType<typeof useEnvironment>['strings']): void {
  const { preview, field, checker } = props;
  const fields = rowFieldsOf(field);
  const told = (at: number): string =>
    (preview.findings.get(at) ?? []).map((issue) => findingText(issue, fields, strings)).join(' / ');
  const rows = bad.map((at) => preview.rows[at]);
  const notes = [{ name: strings.rows.findings, cells: bad.map(told) }];
  const name = `${labelText(field.label, strings.language)}-${strings.rows.findings}.csv`;
  saveText(name, checker.writeCsv(field.key, { [field.key]: rows }, strings.language, notes));
}
