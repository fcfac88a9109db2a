import { Button, Link } from '@fluentui/react-components';
import * as React from 'react';

import { cellsOf } from '../data/cells';
import type { Attached } from '../data/tasks';
import { useEnvironment } from '../page/environment';
import { RowsTable } from '../page/RowsTable';
import { useStyles } from '../page/styles';
import { useLoaded } from '../page/useLoaded';
import { Waiting } from '../page/Waiting';
import { fill } from '../page/words';

export function isTable(file: Attached): boolean {
  return file.name.toLowerCase().endsWith('.csv');
}

/** A file that goes with the application; a table can be looked at without leaving the page. */
export function AttachedFile({ file, isOpen }: { file: Attached; isOpen: boolean }): React.ReactElement {
  const { rows } = useEnvironment().strings;
  const styles = useStyles();
  const [open, setOpen] = React.useState(isOpen);
  return (
    <>
      <span className={styles.row}>
        <Link href={encodeURI(file.url)} target="_blank" rel="noopener noreferrer">
          {file.name}
        </Link>
        {isTable(file) && (
          <Button type="button" size="small" aria-expanded={open} onClick={() => setOpen(!open)}>
            {open ? rows.hideTable : rows.showTable}
          </Button>
        )}
      </span>
      {open && isTable(file) && <Table file={file} />}
    </>
  );
}

function Table({ file }: { file: Attached }): React.ReactElement {
  const { strings, tasks } = useEnvironment();
  const styles = useStyles();
  const loaded = useLoaded(async () => ({ cells: cellsOf(await tasks.textOf(file.url), ',') }));
  if (!loaded.value) return <Waiting failed={loaded.failed} onRetry={loaded.reload} />;
  const [headings = [], ...rows] = loaded.value.cells;
  return (
    <>
      <p className={styles.muted}>{fill(strings.rows.count, { count: rows.length })}</p>
      <RowsTable
        label={file.name}
        headings={headings}
        count={rows.length}
        rowAt={(at) => ({ name: `${at + 1}`, cells: rows[at] })}
      />
    </>
  );
}
