/** What a file or pasted cells hold, row by row, before anything is taken over. */
import { cellsOf, csvOf } from '../../data/cells';
import type { Checker } from '../../forms/door';
import type { Field, Issue, RowValues, Values } from '../../forms/model';
import { placeOf } from '../../forms/place';
import { decode, type Encoding } from './decode';

export interface Preview {
  kind: 'preview';
  rows: RowValues[];
  /** The line of each row; none where cells were pasted. */
  lines: number[];
  /** By the number of the row, from 0. */
  findings: Map<number, Issue[]>;
  /** About the rows as a whole. */
  general: Issue[];
  encoding?: Encoding;
}

export type Reading = Preview | { kind: 'unreadable'; line: number; column: number; problem: string };

export type Ask = Pick<Checker, 'readCsv' | 'checkRows'>;

/** The longest file that the checker reads. */
const LONGEST = 2_000_000;

export function readText(checker: Ask, rows: string, values: Values, text: string): Reading {
  const read = checker.readCsv(rows, text);
  if ('problem' in read) return { kind: 'unreadable', ...read };
  return { ...judged(checker, rows, values, read.rows), lines: read.lines };
}

/** `rows` as they would stand in the form, with what is wrong with each. */
export function judged(checker: Ask, key: string, values: Values, rows: RowValues[]): Preview {
  const findings = new Map<number, Issue[]>();
  const general: Issue[] = [];
  for (const issue of checker.checkRows(key, { ...values, [key]: rows })) {
    const { row } = placeOf(issue.field);
    if (row === undefined) general.push(issue);
    else findings.set(row, [...(findings.get(row) ?? []), issue]);
  }
  return { kind: 'preview', rows, lines: [], findings, general };
}

export function readBytes(checker: Ask, rows: string, values: Values, bytes: ArrayBuffer): Reading {
  if (bytes.byteLength > LONGEST) return { kind: 'unreadable', line: 1, column: 1, problem: 'too_big' };
  const decoded = decode(bytes);
  if (!decoded) return { kind: 'unreadable', line: 1, column: 1, problem: 'undecodable' };
  const read = readText(checker, rows, values, decoded.text);
  return read.kind === 'preview' ? { ...read, encoding: decoded.encoding } : read;
}

/** Cells of a spreadsheet. Without a line of names they are taken in the order of the fields. */
export function readPasted(checker: Ask, rows: string, fields: Field[], values: Values, text: string): Reading {
  const cells = cellsOf(text, '\t');
  const named = readText(checker, rows, values, csvOf(cells));
  if (named.kind === 'preview' || named.problem !== 'unknown_column' || named.line !== 1) return named;
  const widest = Math.max(...cells.map((row) => row.length));
  const names = fields.slice(0, widest).map((field) => field.key);
  const read = readText(checker, rows, values, csvOf([names, ...cells]));
  return read.kind === 'preview' ? { ...read, lines: [] } : { ...read, line: Math.max(1, read.line - 1) };
}
