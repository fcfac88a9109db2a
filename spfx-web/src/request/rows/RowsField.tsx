import { Button, makeStyles, mergeClasses, MessageBar, MessageBarBody } from '@fluentui/react-components';
import * as React from 'react';

import type { Checker } from '../../forms/door';
import { rowFieldsOf, rowsOf, type Field, type Masters, type RowValues, type Verdict } from '../../forms/model';
import { useEnvironment } from '../../page/environment';
import { RowsTable } from '../../page/RowsTable';
import { useStyles } from '../../page/styles';
import { fill, issueText, labelText } from '../../page/words';
import { fieldId } from '../form/FormField';
import type { FormState } from '../form/useForm';
import { ImportPanel } from './ImportPanel';
import { RowEditor } from './RowEditor';
import { headingsOf, tableRow } from './tableRow';
import { useLooks } from './useLooks';
import { useRows } from './useRows';

const useOwnStyles = makeStyles({ actions: { flexWrap: 'nowrap' } });

export interface RowsFieldProps {
  field: Field;
  form: FormState;
  checker?: Checker;
  verdict?: Verdict;
  masters: Masters;
  today: string;
  /** The row that somebody is led to, from 0. */
  target?: number;
  /** Where a copied date was left out. */
  emptied?: string[];
}

/** The same questions again and again: a table, one row of which is open. */
export function RowsField(props: RowsFieldProps): React.ReactElement {
  const { strings } = useEnvironment();
  const styles = useStyles();
  const { field, form, checker } = props;
  const rows = useRows(props);
  const look = useLooks(checker, form.values, field.key);
  const [importing, setImporting] = React.useState(false);
  const values = rowsOf(form.values, field.key);
  const text = strings.rows;
  const take = (read: RowValues[], keep: boolean): void => {
    rows.put(keep ? [...values, ...read] : read);
    setImporting(false);
  };
  const general = props.verdict?.issues.find((issue) => issue.field === field.key);
  return (
    <div className={styles.stack} id={fieldId(field.key)} tabIndex={-1} role="group" aria-label={labelText(field.label, strings.language)}>
      <p className={styles.muted} role="status">
        {fill(rows.badCount > 0 ? text.countBad : text.count, { count: values.length, bad: rows.badCount })}
      </p>
      {general && form.touched.has(field.key) && (
        <MessageBar intent="error" layout="multiline">
          <MessageBarBody>{issueText(strings, general)}</MessageBarBody>
        </MessageBar>
      )}
      {values.length > 0 && (
        <RowsTable
          label={labelText(field.label, strings.language)}
          headings={headingsOf(rowFieldsOf(field), strings.language)}
          count={values.length}
          showing={rows.open}
          rowAt={(at) => ({
            ...tableRow({
              at,
              fields: rowFieldsOf(field),
              row: values[at],
              masters: props.masters,
              language: strings.language,
              required: look(at)?.required
            }),
            isBad: rows.isBad(at),
            actions: <RowActions name={`${at + 1}`} rows={rows} at={at} />
          })}
        />
      )}
      {rows.open !== undefined && (
        <RowEditor key={rows.open} {...props} at={rows.open} onDone={rows.close} onChange={rows.change} />
      )}
      <div className={styles.row}>
        <Button type="button" disabled={rows.isFull} onClick={rows.add}>
          {text.add}
        </Button>
        {checker && (
          <Button type="button" aria-expanded={importing} onClick={() => setImporting(!importing)}>
            {text.import}
          </Button>
        )}
        {rows.badCount > 0 && (
          <Button type="button" onClick={rows.goToBad}>
            {text.nextBad}
          </Button>
        )}
      </div>
      {importing && checker && (
        <ImportPanel field={field} checker={checker} values={form.values} masters={props.masters} onTake={take} />
      )}
    </div>
  );
}

function RowActions(props: { name: string; at: number; rows: ReturnType<typeof useRows> }): React.ReactElement {
  const { strings } = useEnvironment();
  const styles = useStyles();
  const own = useOwnStyles();
  const { rows, at, name } = props;
  const text = strings.rows;
  return (
    <span className={mergeClasses(styles.row, own.actions)}>
      <Button type="button" size="small" aria-expanded={rows.open === at} aria-label={fill(text.editRow, { name })} onClick={() => rows.toggle(at)}>
        {text.edit}
      </Button>
      <Button type="button" size="small" disabled={rows.isFull} aria-label={fill(text.copyRow, { name })} onClick={() => rows.copy(at)}>
        {text.copy}
      </Button>
      <Button type="button" size="small" aria-label={fill(text.removeRow, { name })} onClick={() => rows.remove(at)}>
        {text.remove}
      </Button>
    </span>
  );
}
