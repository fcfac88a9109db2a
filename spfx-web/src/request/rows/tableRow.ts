import type { Field, Language, Masters, RowValues } from '../../forms/model';
import { answerText } from '../../page/answerText';
import type { TableRow } from '../../page/RowsTable';

export interface RowToShow {
  /** From 0. */
  at: number;
  fields: Field[];
  row: RowValues;
  masters: Masters;
  language: Language;
}

/** A row as the table shows it. */
export function tableRow({ at, fields, row, masters, language }: RowToShow): TableRow {
  return {
    name: `${at + 1}`,
    cells: fields.map((field) => answerText(field, row[field.key], masters, language))
  };
}
