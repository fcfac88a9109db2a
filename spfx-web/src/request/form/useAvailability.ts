import * as React from 'react';

import { useEnvironment } from '../../page/environment';

export type Answer = 'unasked' | 'asking' | 'free' | 'taken' | 'unknown';

/** A pause in typing; every keystroke would be a question too many. */
const PAUSE_MS = 400;

/** Asks whether a user name is free; `local` is undefined while there is nothing sensible to ask. */
export function useAvailability(local: string | undefined): Answer {
  const { backend } = useEnvironment();
  const [answer, setAnswer] = React.useState<Answer>('unasked');
  React.useEffect(() => {
    setAnswer(local ? 'asking' : 'unasked');
    if (!local) return undefined;
    let current = true;
    const ask = async (): Promise<void> => {
      const found = await backend.upnAvailability(local);
      if (current) setAnswer(!found ? 'unknown' : found.available ? 'free' : 'taken');
    };
    const timer = window.setTimeout(() => {
      ask().catch(() => current && setAnswer('unknown'));
    }, PAUSE_MS);
    return () => {
      current = false;
      window.clearTimeout(timer);
    };
  }, [local, backend]);
  return answer;
}
