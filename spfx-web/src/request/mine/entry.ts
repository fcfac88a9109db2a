import type { Application, Listed, Row, Status, Target } from '../../data/model';

/** One application of the person, in a list of them. */
export interface Entry {
  key: string;
  title: string;
  number: string;
  /** Key of its workflow. */
  workflow: string;
  status: Status;
  changed: string;
  /** Where its item is opened; empty where no row names it. */
  url: string;
  /** What the person handed in; nothing where only the backend knows the application. */
  row?: Row;
}

/** What lists and backend tell of the person's applications: the backend is the newer truth, the list knows the place. */
export function together(items: Listed[], listed: Listed[]): Listed[] {
  const told = new Map(listed.map((one) => [one.number, one]));
  const numbers = new Set(items.map((one) => one.number));
  return [...items.map((one) => ({ ...one, ...told.get(one.number) })), ...listed.filter((one) => !numbers.has(one.number))];
}

/** Whether somebody else is the applicant, for whom the person wrote the row. */
export function isDraftedForAnother(entry: Entry, upn: string): boolean {
  const applicant = entry.row?.origin.applyFor;
  return applicant !== undefined && applicant.toLowerCase() !== upn.toLowerCase();
}

/**
 * The person's rows, then what only `listed` names (rows that are too old to be read, were deleted, or are another's). Where
 * both know an application and the applicant cannot change it, the backend is the newer truth about its status.
 */
export function entriesOf(rows: Row[], listed: Listed[], titleOf: (workflow: string) => string): Entry[] {
  const byNumber = new Map(listed.map((one) => [one.number, one]));
  const own = rows.map((row) => {
    const known = byNumber.get(row.number);
    byNumber.delete(row.number);
    return { ...entryOfRow(row), status: known && !row.editable ? known.status : row.status };
  });
  const others = Array.from(byNumber.values()).map((one) => ({
    key: one.number,
    title: one.title || titleOf(one.workflow),
    number: one.number,
    workflow: one.workflow,
    status: one.status,
    changed: one.changed,
    url: one.url ?? ''
  }));
  return [...own, ...others];
}

function entryOfRow(row: Row): Entry {
  const { title, number, workflow, status } = row;
  return { key: `row ${row.id}`, title, number, workflow, status, changed: row.modified, url: row.applicationUrl, row };
}

/** The application is the newer truth about the status, as long as its applicant cannot change it. */
export function statusNow(entry: Entry, application?: Application): Status {
  return application && !entry.row?.editable ? application.status : entry.status;
}

/** The application that an act is about, also where the person cannot read it. */
export function targetOf(entry: Entry, application?: Application): Target {
  return {
    number: entry.number,
    status: statusNow(entry, application),
    stepToken: application?.stepToken ?? ''
  };
}
