import * as React from 'react';

import { useEnvironment } from '../../page/environment';
import { useStyles } from '../../page/styles';
import { useAvailability } from './useAvailability';

/** Whether the user name is free. It advises; it never stops anybody. */
export function AvailabilityNote(props: { local: string | undefined }): React.ReactElement {
  const { strings } = useEnvironment();
  const styles = useStyles();
  const answer = useAvailability(props.local);
  return (
    <p className={styles.muted} role="status">
      {answer === 'unasked' ? '' : strings.availability[answer]}
    </p>
  );
}
