import * as React from 'react';

export interface Loaded<T> {
  value?: T;
  failed: boolean;
  reload(): void;
}

/** Loads once, and again on demand; an answer that comes after a newer question is dropped. */
export function useLoaded<T>(load: () => Promise<T>): Loaded<T> {
  const [value, setValue] = React.useState<T>();
  const [failed, setFailed] = React.useState(false);
  const [round, setRound] = React.useState(0);
  const latest = React.useRef(load);
  latest.current = load;
  React.useEffect(() => {
    let current = true;
    setFailed(false);
    latest
      .current()
      .then((loaded) => current && setValue(loaded))
      .catch((reason) => {
        console.error(`Provisioning Flow: ${String(reason)}`);
        if (current) setFailed(true);
      });
    return () => {
      current = false;
    };
  }, [round]);
  const reload = React.useCallback(() => setRound((before) => before + 1), []);
  return { value, failed, reload };
}
