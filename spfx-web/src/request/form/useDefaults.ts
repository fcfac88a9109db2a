import * as React from 'react';

import type { Checker } from '../../forms/door';
import { useEnvironment } from '../../page/environment';
import type { FormState } from './useForm';

/** A new form begins with what its definition says, once the checker is there. */
export function useDefaults(form: FormState, checker: Checker | undefined, isNew: boolean): void {
  const { applicant } = useEnvironment();
  React.useEffect(() => {
    if (checker && isNew && !form.row) form.begin(checker.defaults(applicant ?? {}));
    // Once for each form: what is emptied later stays empty.
  }, [checker, isNew]);
}
