import * as React from 'react';

import { useStyles } from './styles';

/** Names and values; what is empty is left out. */
export function Facts(props: { facts: [string, string][] }): React.ReactElement {
  const styles = useStyles();
  return (
    <dl className={styles.facts}>
      {props.facts
        .filter(([, value]) => value)
        .map(([name, value], at) => (
          // Two facts may bear one name, and the order never changes.
          <React.Fragment key={at}>
            <dt className={styles.muted}>{name}</dt>
            <dd className={styles.fact}>{value}</dd>
          </React.Fragment>
        ))}
    </dl>
  );
}
