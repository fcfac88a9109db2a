import { Button, Link } from '@fluentui/react-components';
import * as React from 'react';

import { cellsOf } from '../data/cells';
import type { Attached } from '../data/model';
import { useEnvironment } from './environment';
import { RowsTable } from './RowsTable';
import { useStyles } from './styles';
import { useLoaded } from './useLoaded';
import { Waiting } from './Waiting';
import { fill } from './words';

function isTable(file: Attached): boolean {
  return file.name.toLowerCase().endsWith('.csv');
}

/** Files that go with the application. SharePoint itself serves each, by the reader's own rights. */
export function AttachedFiles({ files }: { files: Attached[] }): React.ReactElement {
  const { strings } = useEnvironment();
  const styles = useStyles();
  // Of rows that are too many for the summary, the table is what the decision is about.
  const tables = files.filter(isTable).map((file) => file.name);
  if (files.length === 0) return <></>;
  return (
    <section>
      <h3 className={styles.subheading}>{strings.files.title}</h3>
      <ul className={styles.list}>
        {files.map((file) => (
          <li key={file.name}>
            <AttachedFile file={file} isOpen={file.name === tables[0]} />
          </li>
        ))}
      </ul>
    </section>
  );
}

/** A name may hold what an address gives a meaning, such as `#`. */
function addressOf(file: Attached): string {
  return file.url.split('/').map(encodeURIComponent).join('/');
}

/** To be kept, never to be opened as a page of the site; a table can be looked at without leaving the page. */
function AttachedFile({ file, isOpen }: { file: Attached; isOpen: boolean }): React.ReactElement {
  const { rows } = useEnvironment().strings;
  const styles = useStyles();
  const [open, setOpen] = React.useState(isOpen);
  return (
    <>
      <span className={styles.row}>
        <Link href={addressOf(file)} download={file.name} rel="noopener noreferrer">
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
