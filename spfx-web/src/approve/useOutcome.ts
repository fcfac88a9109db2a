import * as React from 'react';

import type { Outcome } from '../data/tasks';
import { useEnvironment } from '../page/environment';

/** The row is looked at this often, so many times; the service may be away. */
const EVERY = 2000;
const LOOKS = 30;

export type Watched = Outcome | { kind: 'later' };

/** What becomes of the decision in this row of the inbox. */
export function useOutcome(row: number): Watched {
  const { tasks } = useEnvironment();
  const [watched, setWatched] = React.useState<Watched>({ kind: 'waiting' });
  React.useEffect(() => {
    let looks = 0;
    let timer = 0;
    let gone = false;
    const look = async (): Promise<void> => {
      // A look that fails is one that saw nothing: the decision is written in any case.
      const outcome = await tasks.outcome(row).catch(() => ({ kind: 'waiting' as const }));
      if (gone) return;
      if (outcome.kind !== 'waiting') return setWatched(outcome);
      looks += 1;
      if (looks >= LOOKS) return setWatched({ kind: 'later' });
      timer = window.setTimeout(() => {
        look().catch(console.error);
      }, EVERY);
    };
    look().catch(console.error);
    return () => {
      gone = true;
      window.clearTimeout(timer);
    };
  }, [row]);
  return watched;
}
