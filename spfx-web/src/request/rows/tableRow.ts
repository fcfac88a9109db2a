import type { Field, Language, Masters, RowValues } from '../../forms/model';
import { answerText } from '../../page/answerText';
import { labelText } from '../../page/words';
import type { TableRow } from '../../page/RowsTable';

export interface RowToShow {
  /** From 0. */
  at: number;
  fields: Field[];
  row: RowValues;
  masters: Masters;
  language: Language;
  /** Keys of the fields that must be answered in this row; unknown without the checker. */
  required?: string[];
}

/** A row as the table shows it. */
export function tableRow({ at, fields, row, masters, language, required = [] }: RowToShow): TableRow {
  return {
    name: `${at + 1}`,
    cells: fields.map((field) => answerText(field, row[field.key], masters, language) || star(required.includes(field.key)))
  };
}

/** As the form marks what must be answered. */
function star(isRequired: boolean | undefined): string {
  return isRequired ? '*' : '';
}

/** The headings of rows; a column that every row must answer bears the star. */
export function headingsOf(fields: Field[], language: Language): string[] {
  return fields.map((field) => [labelText(field.label, language), star(field.required)].filter(Boolean).join(' '));
}
