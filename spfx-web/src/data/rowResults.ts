/** What became of each row, as the service writes it: `✓ 1-40, 43` and `✗ 41-42: why`. Pure. */

export type RowState = 'done' | 'failed' | 'skipped' | 'waiting';

export interface RowResult {
  state: RowState;
  /** Empty but for rows that failed. */
  why: string;
}

const SIGNS: Record<string, RowState> = { '✓': 'done', '✗': 'failed', '–': 'skipped', '…': 'waiting' };
const LINE = /^([✓✗–…]) ((?:\d+(?:-\d+)?(?:, )?)+)(?:: (.*))?$/;

/** By the number of the row, from 1; nothing where the result is not about rows. */
export function rowResultsOf(result: string): Map<number, RowResult> {
  const results = new Map<number, RowResult>();
  for (const line of result.split(/\r?\n/)) {
    const found = LINE.exec(line);
    if (!found) continue;
    for (const range of found[2].split(', ')) {
      const [from, to = from] = range.split('-').map(Number);
      for (let row = from; row <= to; row++) results.set(row, { state: SIGNS[found[1]], why: found[3] ?? '' });
    }
  }
  return results;
}
