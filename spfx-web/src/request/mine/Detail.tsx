import { Badge, Button } from '@fluentui/react-components';
import * as React from 'react';

import { useEnvironment } from '../environment';
import { useStyles } from '../styles';
import { momentText } from '../words';
import { Acts } from './Acts';
import { targetOf, type Entry } from './entry';
import { ProgressSteps } from './ProgressSteps';
import { statusColor } from './statusColor';

export interface DetailProps {
  entry: Entry;
  onBack(): void;
  /** Nothing where the form can no longer be changed, or its definition is gone. */
  onEdit?(): void;
  onActed(): void;
}

/** One application: where it stands, what happened, and what its applicant can still do. */
export function Detail(props: DetailProps): React.ReactElement {
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
          <h3 className={styles.subheading}>{strings.mine.history}</h3>
          <p className={styles.lines}>{application.history}</p>
        </section>
      )}
      {row.number && <ProgressSteps number={row.number} />}
      {row.number && <Acts target={targetOf(props.entry)} onActed={props.onActed} />}
      <div className={styles.row}>
        {props.onEdit && (
          <Button type="button" appearance="primary" onClick={props.onEdit}>
            {strings.mine.edit}
          </Button>
        )}
        <Button type="button" onClick={props.onBack}>
          {strings.back}
        </Button>
      </div>
    </div>
  );
}
