import type { Person, Value } from '../../forms/model';

function one(value: string | number | Person): string {
  return typeof value === 'object' ? value.name || value.upn : `${value}`;
}

/** A value as a short text. */
export function shownValue(value: Value): string {
  return Array.isArray(value) ? (value as (string | Person)[]).map(one).join(', ') : one(value);
}
