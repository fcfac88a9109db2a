import type { Checker } from '../../forms/door';
import type { Field, Value } from '../../forms/model';

/** What a choice fills besides its own field; `rows` where it is a field of rows. Nothing empties a field. */
export function filledBy(
  checker: Checker | undefined,
  fields: Field[],
  key: string,
  value: Value | undefined,
  rows?: string
): Record<string, Value | undefined> {
  const input = fields.find((field) => field.key === key)?.input;
  const fills = input?.type === 'choice' && !Array.isArray(input.options) && input.options.fill;
  if (!checker || !fills || typeof value !== 'string') return {};
  return checker.filled(key, value, rows);
}
