import { Button, Checkbox } from '@fluentui/react-components';
import * as React from 'react';

import type { Catalogue, Row, Workflow } from '../../data/model';
import { rowResultsOf, type RowResult } from '../../data/rowResults';
import { openChecker } from '../../forms/door';
import { fieldsOf, rowFieldsOf, rowsOf, type Field } from '../../forms/model';
import { civilDate } from '../../forms/today';
import { useEnvironment } from '../../page/environment';
import { RowsTable } from '../../page/RowsTable';
import { useStyles } from '../../page/styles';
import { useLoaded } from '../../page/useLoaded';
import { fill, labelText } from '../../page/words';
import { saveText } from '../csv/save';
import { tableRow } from '../rows/tableRow';

export interface RowResultsProps {
  row: Row;
  definitions: Catalogue;
  /** As the application tells it. */
  result: string;
}

/** What became of each row of an application; nothing for an application without rows. */
export function RowResults(props: RowResultsProps): React.ReactElement {
  const results = React.useMemo(() => rowResultsOf(props.result), [props.result]);
  const workflow = props.definitions.workflows.find((known) => known.key === props.row.workflow);
  const field = workflow && fieldsOf(workflow.form).find((one) => one.input.type === 'rows');
  if (!workflow || !field || results.size === 0) return <></>;
  return <Results {...props} workflow={workflow} field={field} results={results} />;
}

interface ResultsProps extends RowResultsProps {
  workflow: Workflow;
  field: Field;
  results: Map<number, RowResult>;
}

function Results(props: ResultsProps): React.ReactElement {
  const { strings, lists } = useEnvironment();
  const styles = useStyles();
  const { field, results } = props;
  const [onlyBad, setOnlyBad] = React.useState(false);
  // Of many rows the list of applications holds the name of a file alone.
  const whole = useLoaded(() => lists.row(props.row.id));
  const rows = rowsOf(whole.value?.values ?? {}, field.key);
  const states = count(results);
  const text = strings.rows;
  const all = Array.from({ length: rows.length }, (_, at) => at);
  const shown = onlyBad ? all.filter((at) => results.get(at + 1)?.state === 'failed') : all;
  const stateOf = (at: number): string => text.states[results.get(at + 1)?.state ?? 'waiting'];
  const save = async (): Promise<void> => {
    const checker = await openChecker(props.workflow.form, props.definitions.masters, civilDate(new Date()));
    const notes = [
      { name: text.number, cells: all.map((at) => `${at + 1}`) },
      { name: strings.mine.result, cells: all.map(stateOf) },
      { name: text.why, cells: all.map((at) => results.get(at + 1)?.why ?? '') }
    ];
    const csv = checker.writeCsv(field.key, { [field.key]: rows }, strings.language, notes);
    saveText(`${props.row.number}-${strings.mine.result}.csv`, csv);
  };
  const fields = rowFieldsOf(field);
  return (
    <section className={styles.stack}>
      <h3 className={styles.subheading}>{text.results}</h3>
      <p role="status">{fill(text.resultCounts, states)}</p>
      {rows.length > 0 && (
        <>
          <div className={styles.row}>
            {states.failed > 0 && (
              <Checkbox label={text.onlyFailed} checked={onlyBad} onChange={(_, data) => setOnlyBad(data.checked === true)} />
            )}
            <Button type="button" size="small" onClick={save}>
              {text.saveResults}
            </Button>
          </div>
          <RowsTable
            label={text.results}
            headings={[strings.mine.result, text.why, ...fields.map((one) => labelText(one.label, strings.language))]}
            count={shown.length}
            rowAt={(index) => {
              const at = shown[index];
              const { masters } = props.definitions;
              const row = tableRow({ at, fields, row: rows[at], masters, language: strings.language });
              const result = results.get(at + 1);
              return { ...row, cells: [stateOf(at), result?.why ?? '', ...row.cells], isBad: result?.state === 'failed' };
            }}
          />
        </>
      )}
    </section>
  );
}

function count(results: Map<number, RowResult>): Record<RowResult['state'], number> {
  const states = { done: 0, failed: 0, skipped: 0, waiting: 0 };
  results.forEach((result) => states[result.state]++);
  return states;
}
