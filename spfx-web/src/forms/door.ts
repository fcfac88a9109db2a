/** The only door to the browser module. Nothing else imports what is generated. */
import type { Choice, CsvRead, Issue, Language, Masters, RowLook, Schema, Values, Verdict } from './model';

/** What defaults may look at. */
export type Applicant = Partial<Record<'upn' | 'name' | 'department' | 'jobTitle', string>>;

/** A column beside the rows, with a cell for each of them. */
export interface Notes {
  name: string;
  cells: string[];
}

/** A form that is being filled in. `rows` is the key of a field of rows, where one of its fields is meant. */
export interface Checker {
  check(values: Values): Verdict;
  /** The first values of the form, or of a new row. */
  defaults(applicant: Applicant, rows?: string): Values;
  /** What a choice of the form offers now. */
  options(values: Values, key: string): Choice[];
  /** What some rows ask and offer, from number `from` (0 for the first) on. */
  lookAtRows(values: Values, rows: string, from: number, count: number): RowLook[];
  /** What a choice fills; nothing where it empties a field. */
  filled(key: string, chosen: string, rows?: string): Record<string, Values[string] | undefined>;
  readCsv(rows: string, text: string): CsvRead;
  /** The issues of the rows alone, however many. */
  checkRows(rows: string, values: Values): Issue[];
  /** The rows as a CSV file; of none, a template. `notes` are columns for people, which nobody reads in again. */
  writeCsv(rows: string, values: Values, language: Language, notes?: Notes[]): string;
}

interface Form {
  check(values: string): string;
  defaults(rows: string | undefined, applicant: string): string;
  options(values: string, rows: string | undefined, row: number, key: string): string;
  lookAtRows(values: string, rows: string, from: number, count: number): string;
  filled(rows: string | undefined, key: string, chosen: string): string;
  readCsv(rows: string, text: string): string;
  checkRows(rows: string, values: string): string;
  writeCsv(rows: string, values: string, language: string, notes: string): string;
}

interface Module {
  Form: new (schema: string, context: string) => Form;
}

let opening: Promise<Module> | undefined;

async function load(): Promise<Module> {
  const [glue, { base64 }] = await Promise.all([
    import(/* webpackChunkName: 'forms' */ './generated/glue'),
    import(/* webpackChunkName: 'forms' */ './generated/bytes')
  ]);
  const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  await glue.default({ module_or_path: bytes });
  return glue as unknown as Module;
}

function openModule(): Promise<Module> {
  opening ??= load();
  // A chunk that could not be fetched once may come the next time.
  opening.catch(() => {
    opening = undefined;
  });
  return opening;
}

/** Rejects if the module cannot be loaded or the schema is senseless; the form then works unchecked. */
export async function openChecker(schema: Schema, masters: Masters, today: string): Promise<Checker> {
  const { Form } = await openModule();
  const { naming } = masters.naming ?? {};
  return checkerOf(new Form(JSON.stringify(schema), JSON.stringify({ today, masters, naming })));
}

function checkerOf(form: Form): Checker {
  const json = JSON.stringify;
  return {
    check: (values) => JSON.parse(form.check(json(values))) as Verdict,
    defaults: (applicant, rows) => JSON.parse(form.defaults(rows, json(applicant))) as Values,
    options: (values, key) => JSON.parse(form.options(json(values), undefined, 0, key)) as Choice[],
    lookAtRows: (values, rows, from, count) =>
      JSON.parse(form.lookAtRows(json(values), rows, from, count)) as RowLook[],
    filled: (key, chosen, rows) => {
      const filled = Object.entries(JSON.parse(form.filled(rows, key, chosen)) as Values);
      return Object.fromEntries(filled.map(([name, value]) => [name, value ?? undefined]));
    },
    readCsv: (rows, text) => JSON.parse(form.readCsv(rows, text)) as CsvRead,
    checkRows: (rows, values) => JSON.parse(form.checkRows(rows, json(values))) as Issue[],
    writeCsv: (rows, values, language, notes = []) => form.writeCsv(rows, json(values), language, json(notes))
  };
}
