import * as React from 'react';

/** The browser asks before it leaves a form with unsaved input. */
export function useLeaveGuard(dirty: boolean): void {
  React.useEffect(() => {
    if (!dirty) return undefined;
    const ask = (event: BeforeUnloadEvent): void => event.preventDefault();
    window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  }, [dirty]);
}
