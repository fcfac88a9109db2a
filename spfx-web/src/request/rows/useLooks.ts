import * as React from 'react';

import type { Checker } from '../../forms/door';
import type { RowLook, Values } from '../../forms/model';

/** So many rows are looked at together, as the table shows them. */
const TOGETHER = 20;

/** What each row asks; looked up as rows are shown, for there may be a thousand. Nothing without the checker. */
export function useLooks(checker: Checker | undefined, values: Values, key: string): (at: number) => RowLook | undefined {
  return React.useMemo(() => {
    const blocks = new Map<number, RowLook[]>();
    return (at) => {
      if (!checker) return undefined;
      const from = at - (at % TOGETHER);
      const block = blocks.get(from) ?? checker.lookAtRows(values, key, from, TOGETHER);
      blocks.set(from, block);
      return block[at - from];
    };
  }, [checker, values, key]);
}
