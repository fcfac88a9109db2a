import type { Application, Listed, Row, Status, Target } from '../../data/model';

/** One application of the person, in a list of them. */
export interface Entry {
  key: string;
  title: string;
  number: string;
  status: Status;
  changed: string;
  /** Where its item is opened; empty where no row names it. */
  url: string;
  /** What the person handed in; nothing where only the backend knows the application. */
  row?: Row;
}

/**
 * The person's rows, then what only the backend lists (rows that are too old to be read, or were deleted). Where
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
    title: titleOf(one.workflow),
    number: one.number,
    status: one.status,
    changed: one.changed,
    url: ''
  }));
  return [...own, ...others];
}

function entryOfRow(row: Row): Entry {
  const { title, number, status } = row;
  return { key: `row ${row.id}`, title, number, status, changed: row.modified, url: row.applicationUrl, row };
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
