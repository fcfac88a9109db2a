import * as React from 'react';

import type { Happened } from '../data/model';
import { useEnvironment } from './environment';
import { useStyles } from './styles';
import { momentText } from './words';

/** What happened: the item's own words, or the backend's events in ours. */
export function History(props: { history: string; events?: Happened[] }): React.ReactElement {
  const { strings } = useEnvironment();
  const styles = useStyles();
  const { history, events = [] } = props;
  if (!history && events.length === 0) return <></>;
  return (
    <section>
      <h3 className={styles.subheading}>{strings.history}</h3>
      {history && <p className={styles.lines}>{history}</p>}
      {!history && (
        <ol>
          {events.map((event, at) => (
            // Events have no names of their own, and are only ever added at the end.
            <li key={at}>
              {[strings.events[event.name] ?? event.name, momentText(event.at, strings.language), event.comment]
                .filter(Boolean)
                .join(' ')}
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}
