import * as React from 'react';

import { useEnvironment } from '../../page/environment';
import { useStyles } from '../../page/styles';
import { useLoaded } from '../../page/useLoaded';
import { momentText } from '../../page/words';

/** How far the execution is; the backend tells it, or nobody. */
export function ProgressSteps(props: { number: string }): React.ReactElement {
  const { strings, backend } = useEnvironment();
  const styles = useStyles();
  const progress = useLoaded(async () => ({ found: await backend.progress(props.number) }));
  if (!progress.value) return <></>;
  const steps = progress.value.found?.steps ?? [];
  return (
    <section>
      <h3 className={styles.subheading}>{strings.mine.progress}</h3>
      {!progress.value.found && <p className={styles.muted}>{strings.mine.noProgress}</p>}
      <ol>
        {steps.map((step, at) => (
          // Steps have no names of their own, and are only ever added at the end.
          <li key={at}>
            {strings.events[step.name] ?? step.name} {momentText(step.at ?? '', strings.language)}
          </li>
        ))}
      </ol>
    </section>
  );
}
