import { Badge, Button } from '@fluentui/react-components';
import * as React from 'react';

import { useEnvironment } from '../environment';
import { useStyles } from '../styles';
import { momentText } from '../words';
import { Acts } from './Acts';
import type { Entry } from './entry';
import { ProgressSteps } from './ProgressSteps';
import { statusColor } from './statusColor';

/** One application: where it stands, what happened, and what its applicant can still do. */
export function Detail(props: { entry: Entry; onBack(): void; onActed(): void }): React.ReactElement {
  const { strings } = useEnvironment();
  const styles = useStyles();
  const { row, application } = props.entry;
  const facts: [string, string][] = [
    [strings.mine.number, row.number],
    [strings.mine.step, application?.stepName ?? ''],
    [strings.mine.due, momentText(application?.dueAt ?? '', strings.language)],
    [strings.mine.updated, momentText(application?.statusAt || row.modified, strings.language)],
    [strings.mine.result, application?.result ?? '']
  ];
  return (
    <div className={styles.stack}>
      <div className={styles.row}>
        <h2 className={styles.heading}>{row.title}</h2>
        <Badge appearance="tint" size="large" color={statusColor(row.status)}>
          {strings.statuses[row.status]}
        </Badge>
      </div>
      <dl className={styles.facts}>
        {facts
          .filter(([, value]) => value)
          .map(([name, value]) => (
            <React.Fragment key={name}>
              <dt className={styles.muted}>{name}</dt>
              <dd className={styles.fact}>{value}</dd>
            </React.Fragment>
          ))}
      </dl>
      {application?.history && (
        <section>
          <h3 className={styles.legend}>{strings.mine.history}</h3>
          <p className={styles.lines}>{application.history}</p>
        </section>
      )}
      {row.number && <ProgressSteps number={row.number} />}
      {application && <Acts application={application} onActed={props.onActed} />}
      <div>
        <Button type="button" onClick={props.onBack}>
          {strings.back}
        </Button>
      </div>
    </div>
  );
}
