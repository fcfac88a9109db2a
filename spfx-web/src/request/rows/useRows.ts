import * as React from 'react';

import type { Answer, RowValues } from '../../forms/model';
import { rowsOf } from '../../forms/model';
import { placeOf } from '../../forms/place';
import type { RowsFieldProps } from './RowsField';

const MOST = 50;

export interface Rows {
  /** The row that is being edited, from 0. */
  open?: number;
  badCount: number;
  isFull: boolean;
  isBad(at: number): boolean;
  put(rows: RowValues[]): void;
  add(): void;
  copy(at: number): void;
  remove(at: number): void;
  change(at: number, changes: Record<string, Answer | undefined>): void;
  toggle(at: number): void;
  close(): void;
  goToBad(): void;
}

/** What can be done with rows, and which of them is open. */
export function useRows(props: RowsFieldProps): Rows {
  const { field, form, checker, verdict, target } = props;
  const [open, setOpen] = React.useState<number>();
  const rows = rowsOf(form.values, field.key);
  const bad = React.useMemo(() => badRows(verdict?.issues ?? [], field.key), [verdict, field.key]);
  React.useEffect(() => {
    if (target !== undefined) setOpen(target);
  }, [target]);
  // A row may be told of before anybody reached it only once the person wanted to apply, or brought it in.
  const told = form.touched.has(field.key);
  const put = (next: RowValues[]): void => form.change(field.key, next.length > 0 ? next : undefined);
  const insert = (at: number, row: RowValues): void => {
    put([...rows.slice(0, at), row, ...rows.slice(at)]);
    setOpen(at);
  };
  return {
    open: open !== undefined && open < rows.length ? open : undefined,
    badCount: told ? bad.size : 0,
    isFull: field.input.type === 'rows' && rows.length >= (field.input.maxRows ?? MOST),
    isBad: (at) => told && bad.has(at),
    put: (next) => {
      setOpen(undefined);
      put(next);
    },
    add: () => insert(rows.length, (checker?.defaults({}, field.key) ?? {}) as RowValues),
    copy: (at) => insert(at + 1, { ...rows[at] }),
    remove: (at) => {
      put(rows.filter((_, other) => other !== at));
      setOpen(undefined);
    },
    change: (at, changes) => put(rows.map((row, other) => (other === at ? changed(row, changes) : row))),
    toggle: (at) => setOpen(open === at ? undefined : at),
    close: () => setOpen(undefined),
    goToBad: () => setOpen(nextOf(Array.from(bad), open))
  };
}

function badRows(issues: { field: string }[], key: string): Set<number> {
  const places = issues.map((issue) => placeOf(issue.field)).filter((place) => place.key === key);
  return new Set(places.flatMap((place) => (place.row === undefined ? [] : [place.row])));
}

function nextOf(bad: number[], open: number | undefined): number | undefined {
  const sorted = bad.sort((a, b) => a - b);
  return sorted.find((at) => at > (open ?? -1)) ?? sorted[0];
}

function changed(row: RowValues, changes: Record<string, Answer | undefined>): RowValues {
  const next = { ...row };
  for (const [key, answer] of Object.entries(changes)) {
    if (answer === undefined) delete next[key];
    else next[key] = answer;
  }
  return next;
}
