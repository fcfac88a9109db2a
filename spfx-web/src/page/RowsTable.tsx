import { Button, makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import * as React from 'react';

import { useEnvironment } from './environment';
import { fill } from './words';

export interface TableRow {
  /** What the row is called: its number, from 1. */
  name: string;
  cells: string[];
  /** What stands under the row. */
  below?: React.ReactNode;
  isBad?: boolean;
  actions?: React.ReactNode;
}

const PAGE = 20;

const useTableStyles = makeStyles({
  scroll: { overflowX: 'auto', maxWidth: '100%' },
  table: {
    borderCollapse: 'collapse',
    fontSize: tokens.fontSizeBase200,
    minWidth: '100%',
    '& th, & td': {
      padding: '6px 8px',
      textAlign: 'start',
      verticalAlign: 'top',
      borderBottom: `1px solid ${tokens.colorNeutralStroke2}`
    },
    '& th': { fontWeight: tokens.fontWeightSemibold, whiteSpace: 'nowrap' },
    // One line a row: whoever needs more scrolls sideways.
    '& td': { whiteSpace: 'nowrap', overflowWrap: 'normal', maxWidth: '260px', overflow: 'hidden', textOverflow: 'ellipsis' },
    // On a phone each row is a card, and each cell says what it is.
    '@media (max-width: 640px)': {
      display: 'block',
      '& thead': { position: 'absolute', width: '1px', height: '1px', overflow: 'hidden', clip: 'rect(0 0 0 0)' },
      '& tbody, & tr, & td': { display: 'block', maxWidth: 'none', whiteSpace: 'normal', overflowWrap: 'anywhere' },
      '& tr': { padding: '8px 0', borderBottom: `1px solid ${tokens.colorNeutralStroke1}` },
      '& td': { padding: '2px 0', borderBottom: 'none', display: 'flex', gap: '8px' },
      '& td::before': {
        content: 'attr(data-label)',
        flex: '0 0 112px',
        color: tokens.colorNeutralForeground2
      },
      '& td[data-label=""]::before': { content: 'none' },
      '& td[data-empty]': { display: 'none' }
    }
  },
  below: { whiteSpace: 'normal', maxWidth: 'none' },
  bad: { backgroundColor: tokens.colorStatusDangerBackground1 },
  pager: { display: 'flex', flexWrap: 'wrap', gap: '8px', alignItems: 'center', marginTop: '8px' }
});

export interface RowsTableProps {
  /** What the table is about, for whoever does not see it. */
  label: string;
  headings: string[];
  count: number;
  /** Rows are made as they are shown: there may be a thousand. */
  rowAt(at: number): TableRow;
  /** The page with this row is shown first. */
  showing?: number;
}

/** Rows page by page; cards on a phone. */
export function RowsTable(props: RowsTableProps): React.ReactElement {
  const own = useTableStyles();
  const [page, setPage] = React.useState(0);
  const pages = Math.max(1, Math.ceil(props.count / PAGE));
  const current = Math.min(page, pages - 1);
  React.useEffect(() => {
    if (props.showing !== undefined) setPage(Math.floor(props.showing / PAGE));
  }, [props.showing]);
  const from = current * PAGE;
  const shown = Array.from({ length: Math.min(PAGE, props.count - from) }, (_, at) => props.rowAt(from + at));
  const { strings } = useEnvironment();
  const hasActions = shown.some((row) => row.actions);
  return (
    <div>
      <div className={own.scroll} role="region" aria-label={props.label} tabIndex={0}>
        <table className={own.table} role="table">
          <thead role="rowgroup">
            <tr role="row">
              {[strings.rows.number, ...(hasActions ? [strings.rows.actions] : []), ...props.headings].map((heading, at) => (
                <th key={at} scope="col" role="columnheader">
                  {heading}
                </th>
              ))}
            </tr>
          </thead>
          <tbody role="rowgroup">
            {shown.map((row, at) => (
              <Row key={from + at} row={row} headings={props.headings} hasActions={hasActions} />
            ))}
          </tbody>
        </table>
      </div>
      {pages > 1 && <Pager pages={pages} current={current} onGo={setPage} />}
    </div>
  );
}

function Row(props: { row: TableRow; headings: string[]; hasActions: boolean }): React.ReactElement {
  const own = useTableStyles();
  const { strings } = useEnvironment();
  const { row, headings } = props;
  return (
    <>
      <tr role="row" className={mergeClasses(row.isBad && own.bad)}>
        <td role="cell" data-label={strings.rows.number}>
          {row.name}
        </td>
        {props.hasActions && (
          <td role="cell" data-label="">
            {row.actions}
          </td>
        )}
        {headings.map((heading, at) => (
          <td key={at} role="cell" data-label={heading} data-empty={row.cells[at] ? undefined : ''}>
            {row.cells[at] ?? ''}
          </td>
        ))}
      </tr>
      {row.below && (
        <tr role="row" className={mergeClasses(row.isBad && own.bad)}>
          <td role="cell" data-label="" className={own.below} colSpan={headings.length + (props.hasActions ? 2 : 1)}>
            {row.below}
          </td>
        </tr>
      )}
    </>
  );
}

function Pager(props: { pages: number; current: number; onGo(page: number): void }): React.ReactElement {
  const own = useTableStyles();
  const { rows } = useEnvironment().strings;
  const { pages, current, onGo } = props;
  return (
    <div className={own.pager}>
      <Button type="button" size="small" disabled={current === 0} onClick={() => onGo(current - 1)}>
        {rows.previousPage}
      </Button>
      <span role="status">{fill(rows.page, { page: current + 1, pages })}</span>
      <Button type="button" size="small" disabled={current === pages - 1} onClick={() => onGo(current + 1)}>
        {rows.nextPage}
      </Button>
    </div>
  );
}
