import type { Application, Row, Target } from '../../data/model';

/** What the person handed in, and what became of it as far as he may see. */
export interface Entry {
  row: Row;
  application?: Application;
}

/** Rows with their applications. The application is the newer truth about the status. */
export function entriesOf(rows: Row[], applications: Application[]): Entry[] {
  return rows.map((row) => {
    const application = row.number ? applications.find((other) => other.number === row.number) : undefined;
    const status = application && !row.editable ? application.status : row.status;
    return { row: { ...row, status }, application };
  });
}

/** The application that an act is about, also where the person cannot read it. */
export function targetOf(entry: Entry): Target {
  const { row, application } = entry;
  return { number: row.number, status: row.status, stepToken: application?.stepToken ?? '' };
}
