/** Rows that a list column cannot carry go beside it as a file; the column names the file and its hash. */
import type { RowValues, Value, Values } from '../forms/model';

/** A plain multi-line column takes 63,999 characters; the service reads no more than this. */
const COLUMN_BYTES = 60_000;
const ENDING = '.rows.json';
/** So much of the hash tells one version of the rows from another. */
const NAMED = 16;

export interface RowsFile {
  file: string;
  sha256: string;
  rows: number;
}

/** What the column carries, and the files beside it. */
export interface Packed {
  payload: string;
  files: { name: string; content: string }[];
}

export function isRowsFile(name: string): boolean {
  return name.endsWith(ENDING);
}

async function sha256(text: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** People are objects too. */
const OF_PEOPLE = ['upn', 'id', 'name'];

function isRows(value: Value): value is RowValues[] {
  const row = (one: unknown): boolean =>
    typeof one === 'object' && one !== null && !Object.keys(one).every((key) => OF_PEOPLE.includes(key));
  return Array.isArray(value) && (value as unknown[]).some(row);
}

/** Whether a column carries it. */
export function fitsColumn(text: string): boolean {
  return new TextEncoder().encode(text).length <= COLUMN_BYTES;
}

/** The values as they are stored. Small forms stay in one piece. */
export async function pack(values: Values): Promise<Packed> {
  const whole = JSON.stringify(values);
  if (fitsColumn(whole)) return { payload: whole, files: [] };
  const kept: Record<string, unknown> = {};
  const files: Packed['files'] = [];
  for (const [key, value] of Object.entries(values)) {
    kept[key] = value;
    if (!isRows(value)) continue;
    const content = JSON.stringify(value);
    const hash = await sha256(content);
    const name = `${key}.${hash.slice(0, NAMED)}${ENDING}`;
    files.push({ name, content });
    kept[key] = { file: name, sha256: hash, rows: value.length } as RowsFile;
  }
  return { payload: JSON.stringify(kept), files };
}

function rowsFile(value: unknown): RowsFile | undefined {
  const file = value as Partial<RowsFile> | null | undefined;
  const fits = typeof file === 'object' && typeof file?.file === 'string' && isRowsFile(file.file);
  return fits && file.sha256 ? (file as RowsFile) : undefined;
}

/** Whether an item shows some rows only as the name of their table. */
export function isTabled(values: Values): boolean {
  return Object.values(values).some(isTable);
}

/** `{"table": "….csv", "rows": 1000}` */
export function isTable(value: unknown): boolean {
  return typeof (value as { table?: unknown } | null | undefined)?.table === 'string';
}

/** Whether some rows of a payload stand in files. */
export function isPacked(values: Values): boolean {
  return Object.values(values).some((value) => rowsFile(value));
}

/** The values with their rows; `read` gives the rows of a file. */
export async function unpack(values: Values, read: (file: string) => Promise<unknown>): Promise<Values> {
  const whole: Values = {};
  for (const [key, value] of Object.entries(values)) {
    const file = rowsFile(value);
    const rows = file ? await read(file.file) : value;
    if (rows !== undefined) whole[key] = rows as Value;
  }
  return whole;
}
