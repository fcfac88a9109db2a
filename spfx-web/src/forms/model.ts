/** The JSON shapes that browser and server share; `wasm-forms` is their specification. */

export type Language = 'ja' | 'en';

export interface Label {
  ja: string;
  en: string;
}

export interface Choice {
  value: string;
  label: Label;
}

export type Options = Choice[] | { master: string };

export interface Master {
  options: Choice[];
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
  | { type: 'number'; min: number; max: number };

export interface Field {
  key: string;
  label: Label;
  help?: Label;
  required?: boolean;
  availability?: 'upn';
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

export type Value = string | number | string[] | Person | Person[];

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
  issues: Issue[];
}

export function fieldsOf(schema: Schema): Field[] {
  return schema.sections.reduce<Field[]>((all, section) => all.concat(section.fields), []);
}
