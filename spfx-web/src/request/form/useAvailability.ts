import * as React from 'react';

import type { Availability } from '../../data/model';
import type { NameKind } from '../../forms/model';
import { useEnvironment } from '../../page/environment';
import { NamesContext } from './names';

/** The answer, or why there is none. */
export type Answer = 'unasked' | 'asking' | 'unknown' | Availability;

/** A pause in typing; every keystroke would be a question too many. */
const PAUSE_MS = 400;

/** Asks whether a name is free; `name` is undefined while there is nothing sensible to ask. */
export function useAvailability(kind: NameKind, name: string | undefined): Answer {
  const { backend } = useEnvironment();
  const { object, application } = React.useContext(NamesContext);
  const [answer, setAnswer] = React.useState<Answer>('unasked');
  React.useEffect(() => {
    setAnswer(name ? 'asking' : 'unasked');
    if (!name) return undefined;
    let current = true;
    const ask = async (): Promise<void> => {
      const found = await backend.availability(kind, name, { object, application });
      if (current) setAnswer(found ?? 'unknown');
    };
    const timer = window.setTimeout(() => {
      ask().catch(() => current && setAnswer('unknown'));
    }, PAUSE_MS);
    return () => {
      current = false;
      window.clearTimeout(timer);
    };
  }, [kind, name, object, application, backend]);
  return answer;
}
