import * as React from 'react';

import { openChecker, type Checker } from '../../forms/door';
import type { Masters, Schema, Values, Verdict } from '../../forms/model';

export interface Checked {
  /** Nothing while the checker is loading, or where it cannot be loaded. */
  verdict?: Verdict;
  checker?: Checker;
  unavailable: boolean;
}

/** The verdict on what stands in the form now; made anew at every keystroke. */
export function useVerdict(schema: Schema, masters: Masters, today: string, values: Values): Checked {
  const [checker, setChecker] = React.useState<Checker>();
  const [unavailable, setUnavailable] = React.useState(false);
  React.useEffect(() => {
    let current = true;
    openChecker(schema, masters, today)
      .then((opened) => current && setChecker(opened))
      .catch((reason) => {
        console.error(`Provisioning Flow: the input check is not available (${String(reason)})`);
        if (current) setUnavailable(true);
      });
    return () => {
      current = false;
    };
  }, [schema, masters, today]);
  const verdict = React.useMemo(() => checker?.check(values), [checker, values]);
  return { verdict, checker, unavailable };
}
