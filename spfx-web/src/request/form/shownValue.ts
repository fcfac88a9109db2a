import type { Person, RowValues, Value } from '../../forms/model';

function one(value: string | number | Person | RowValues): string {
  if (typeof value !== 'object') return `${value}`;
  if ('upn' in value) return (value as Person).name || (value as Person).upn;
  return Object.values(value as RowValues)
    .filter((answer) => typeof answer !== 'object')
    .join(' ');
}

/** Rows may be many. */
const LONGEST = 200;

/** A value as a short text. */
export function shownValue(value: Value): string {
  return Array.isArray(value) ? (value as (string | Person | RowValues)[]).map(one).join(', ').slice(0, LONGEST) : one(value);
}
