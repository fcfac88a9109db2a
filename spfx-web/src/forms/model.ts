/** The JSON shapes that browser and server share; `wasm-forms` is their specification. */

export type Language = 'ja' | 'en';

export interface Label {
  ja: string;
  en: string;
}

export interface Choice {
  value: string;
  label: Label;
  when?: string;
}

export type Options = Choice[] | { master: string; where?: Record<string, string>; fill?: Record<string, string> };

export interface Master {
  options: Choice[];
  /** How names look in this house; the checker's matter. */
  naming?: object;
}

export type Masters = Record<string, Master>;

export type Input =
  | { type: 'text'; minLength?: number; maxLength?: number; rule?: { name: string; length?: number } }
  | { type: 'lines'; maxLength?: number }
  | { type: 'date'; earliest?: number; latest?: number }
  | { type: 'choice'; options: Options }
  | { type: 'choices'; options: Options; maxItems?: number }
  | { type: 'person' }
  | { type: 'people'; maxItems?: number }
  | { type: 'number'; min: number; max: number }
  | { type: 'rows'; fields: Field[]; minRows?: number; maxRows?: number };

/** What a name is given to. */
export type NameKind = 'upn' | 'alias' | 'address' | 'groupName';

/** Conditions are the checker's matter; here they are texts that nobody reads. */

export interface Field {
  key: string;
  label: Label;
  help?: Label;
  required?: boolean;
  availability?: NameKind;
  /** How the name must look; the checker's matter. */
  naming?: object;
  visibleWhen?: string;
  requiredWhen?: string;
  default?: string;
  input: Input;
}

export interface Section {
  key: string;
  title: Label;
  help?: Label;
  fields: Field[];
}

export interface Schema {
  sections: Section[];
}

export interface Person {
  upn: string;
  id?: string;
  name?: string;
}

/** One answer; also one of a row. */
export type Answer = string | number | string[] | Person | Person[];

export type RowValues = Record<string, Answer>;

export type Value = Answer | RowValues[];

export type Values = Record<string, Value>;

export interface Issue {
  code: string;
  field: string;
  args: Record<string, string | number>;
}

export interface Verdict {
  /** The values as they are stored. */
  values: Values;
  /** Keys of the fields that are asked. */
  visible: string[];
  /** Those of them that must be answered. */
  required: string[];
  issues: Issue[];
}

/** What one row asks and offers now. */
export interface RowLook {
  visible: string[];
  required: string[];
  /** By keys of choices whose offers depend on answers; the others offer the same in every row. */
  offers: Record<string, Choice[]>;
}

/** Rows of a file and the lines in which they begin, or why it cannot be read. Both count from 1. */
export type CsvRead =
  | { rows: RowValues[]; lines: number[] }
  | { line: number; column: number; problem: string };

/** The fields of rows; none of other fields. */
export function rowFieldsOf(field: Field): Field[] {
  return field.input.type === 'rows' ? field.input.fields : [];
}

export function rowsOf(values: Values, key: string): RowValues[] {
  const rows = values[key];
  return Array.isArray(rows) ? (rows as RowValues[]) : [];
}

/** Whether what a field offers depends on answers. */
export function isDynamic(input: Input): boolean {
  if (input.type !== 'choice' && input.type !== 'choices') return false;
  const { options } = input;
  return Array.isArray(options) ? options.some((option) => option.when) : Object.keys(options.where ?? {}).length > 0;
}

export function fieldsOf(schema: Schema): Field[] {
  return schema.sections.reduce<Field[]>((all, section) => all.concat(section.fields), []);
}

/** The same questions, without asking the directory whether a name is free. */
export function withoutLookUps(schema: Schema): Schema {
  const plain = (field: Field): Field => ({ ...field, availability: undefined });
  return { sections: schema.sections.map((section) => ({ ...section, fields: section.fields.map(plain) })) };
}
