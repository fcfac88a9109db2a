/** Two people, or one person in two windows, changed one draft. */
import type { Value, Values } from '../forms/model';

export interface Merged {
  values: Values;
  /** Fields that both sides changed, differently. `values` holds mine for them. */
  conflicts: string[];
}

function same(a: Value | undefined, b: Value | undefined): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** Field by field: who changed it wins; where both did, mine stands and the field is named. */
export function merge(base: Values, mine: Values, theirs: Values): Merged {
  const merged: Merged = { values: {}, conflicts: [] };
  const keys = new Set([...Object.keys(base), ...Object.keys(mine), ...Object.keys(theirs)]);
  keys.forEach((key) => {
    const theyChanged = !same(base[key], theirs[key]);
    const iChanged = !same(base[key], mine[key]);
    const kept = theyChanged && !iChanged ? theirs[key] : mine[key];
    if (kept !== undefined) merged.values[key] = kept;
    if (theyChanged && iChanged && !same(mine[key], theirs[key])) merged.conflicts.push(key);
  });
  return merged;
}
