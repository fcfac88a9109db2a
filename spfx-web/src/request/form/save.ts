/** Saving a draft that somebody else may have saved too. Knows no React. */
import { merge } from '../../data/merge';
import type { Row } from '../../data/model';
import { Refused } from '../../data/send';
import type { Draft, SharePointLists } from '../../data/sharePoint';
import type { Values } from '../../forms/model';

export type Saved =
  | { kind: 'saved'; row: Row; merged: boolean }
  /** Both sides changed `fields`. Nothing was written; `values` hold mine for them, and theirs elsewhere. */
  | { kind: 'conflict'; row: Row; values: Values; fields: string[] }
  /** The row was handed in elsewhere. Nothing was written. */
  | { kind: 'sealed'; row: Row };

const PRECONDITION_FAILED = 412;
/** Another window that saves faster than this is not a person's. */
const ATTEMPTS = 3;

/** Saves what stands in `draft`; where the row moved on meanwhile, brings both sides together. */
export async function save(lists: SharePointLists, row: Row | undefined, draft: Draft): Promise<Saved> {
  if (!row) return { kind: 'saved', row: await lists.createDraft(draft), merged: false };
  let base = row;
  let values = draft.values;
  for (let attempt = 1; ; attempt++) {
    try {
      const saved = await lists.saveDraft(base, { ...draft, values });
      return { kind: 'saved', row: saved, merged: attempt > 1 };
    } catch (reason) {
      const stale = reason instanceof Refused && reason.status === PRECONDITION_FAILED;
      if (!stale || attempt === ATTEMPTS) throw reason;
    }
    const fresh = await lists.row(row.id);
    if (!fresh.editable) return { kind: 'sealed', row: fresh };
    const merged = merge(base.values, values, fresh.values);
    if (merged.conflicts.length > 0) {
      return { kind: 'conflict', row: fresh, values: merged.values, fields: merged.conflicts };
    }
    base = fresh;
    values = merged.values;
  }
}
