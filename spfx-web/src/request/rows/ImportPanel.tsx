import { Button, Field as FluentField, MessageBar, MessageBarBody, Textarea } from '@fluentui/react-components';
import * as React from 'react';

import type { Checker } from '../../forms/door';
import { rowFieldsOf, rowsOf, type Field, type Masters, type RowValues, type Values } from '../../forms/model';
import { useEnvironment } from '../../page/environment';
import { useStyles } from '../../page/styles';
import { fill, labelText } from '../../page/words';
import { readBytes, readPasted, type Reading } from '../csv/reading';
import { saveText } from '../csv/save';
import { ImportPreview } from './ImportPreview';

export interface ImportPanelProps {
  field: Field;
  checker: Checker;
  values: Values;
  masters: Masters;
  /** `keep`: after the rows that stand there, instead of in their place. */
  onTake(rows: RowValues[], keep: boolean): void;
}

/** Rows out of a CSV file or a spreadsheet: read, shown with what is wrong, and only then taken over. */
export function ImportPanel(props: ImportPanelProps): React.ReactElement {
  const { strings } = useEnvironment();
  const styles = useStyles();
  const { field, checker, values } = props;
  const picker = React.useRef<HTMLInputElement>(null);
  const [reading, setReading] = React.useState<Reading>();
  const [pasted, setPasted] = React.useState('');
  const text = strings.rows;
  const picked = async (event: React.ChangeEvent<HTMLInputElement>): Promise<void> => {
    const file = event.target.files?.[0];
    event.target.value = '';
    if (file) setReading(readBytes(checker, field.key, values, await file.arrayBuffer()));
  };
  const template = (): void => {
    const name = `${labelText(field.label, strings.language)}.csv`;
    saveText(name, checker.writeCsv(field.key, {}, strings.language));
  };
  return (
    <fieldset className={styles.section}>
      <legend className={styles.legend}>{text.importTitle}</legend>
      <p className={styles.muted}>{text.importHelp}</p>
      <div className={styles.row}>
        <input ref={picker} type="file" accept=".csv,text/csv" hidden onChange={picked} aria-label={text.chooseFile} />
        <Button type="button" appearance="primary" onClick={() => picker.current?.click()}>
          {text.chooseFile}
        </Button>
        <Button type="button" onClick={template}>
          {text.template}
        </Button>
      </div>
      <FluentField label={text.paste} hint={text.pasteHelp}>
        <Textarea value={pasted} rows={3} onChange={(_, data) => setPasted(data.value)} />
      </FluentField>
      <div>
        <Button
          type="button"
          disabled={pasted.trim() === ''}
          onClick={() => setReading(readPasted(checker, field.key, rowFieldsOf(field), values, pasted))}
        >
          {text.readPasted}
        </Button>
      </div>
      {reading?.kind === 'unreadable' && (
        <MessageBar intent="error" layout="multiline" role="alert">
          <MessageBarBody>
            {fill(text.unreadable, { line: reading.line, column: reading.column })}
            {text.problems[reading.problem] ?? reading.problem}
          </MessageBarBody>
        </MessageBar>
      )}
      {reading?.kind === 'preview' && (
        <ImportPreview
          {...props}
          preview={reading}
          hasRows={rowsOf(values, field.key).length > 0}
          onCancel={() => setReading(undefined)}
        />
      )}
    </fieldset>
  );
}
