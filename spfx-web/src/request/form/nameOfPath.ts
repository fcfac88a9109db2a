import { fieldsOf, rowFieldsOf, type Schema } from '../../forms/model';
import { placeOf } from '../../forms/place';
import type { Strings } from '../../page/strings';
import { fill, labelText } from '../../page/words';

/** What a place of the form is called; columns of the row beside the form have names too. */
export function nameOfPath(schema: Schema, path: string, strings: Strings): string {
  const { key, row, inner } = placeOf(path);
  const field = fieldsOf(schema).find((candidate) => candidate.key === key);
  if (!field) return strings.columns[path]?.name ?? path;
  if (row === undefined) return labelText(field.label, strings.language);
  const of = rowFieldsOf(field).find((candidate) => candidate.key === inner);
  const place = fill(strings.rows.row, { name: row + 1 });
  return of ? `${place} ${labelText(of.label, strings.language)}` : place;
}
