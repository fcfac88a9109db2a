import { Badge, Button } from '@fluentui/react-components';
import * as React from 'react';

import type { Form } from '../data/address';
import type { Opened } from '../data/tasks';
import { AttachedFiles } from '../page/AttachedFiles';
import { useEnvironment } from '../page/environment';
import { Facts } from '../page/Facts';
import { History } from '../page/History';
import { PageHeading } from '../page/PageHeading';
import { statusColor } from '../page/statusColor';
import { useStyles } from '../page/styles';
import { useLoaded } from '../page/useLoaded';
import { Waiting } from '../page/Waiting';
import { momentText } from '../page/words';
import { Changes } from './Changes';
import { Decide } from './Decide';

export interface ReviewProps {
  form: Form;
  userId: number;
  onBack(): void;
}

/** One application as an approver must see it, and his decision. */
export function Review({ form, userId, onBack }: ReviewProps): React.ReactElement {
  const { strings, tasks } = useEnvironment();
  const styles = useStyles();
  const opened = useLoaded(() => tasks.task(form));
  return (
    <div className={styles.stack}>
      {opened.value ? (
        <>
          {opened.failed && <Waiting failed onRetry={opened.reload} />}
          <Shown opened={opened.value} />
          <Decide key={opened.value.stepToken} opened={opened.value} userId={userId} onReload={opened.reload} />
        </>
      ) : (
        <Waiting failed={opened.failed} onRetry={opened.reload} />
      )}
      <div>
        <Button type="button" onClick={onBack}>
          {strings.back}
        </Button>
      </div>
    </div>
  );
}

function Shown({ opened }: { opened: Opened }): React.ReactElement {
  const { strings } = useEnvironment();
  const styles = useStyles();
  return (
    <>
      <div className={styles.row}>
        <PageHeading>{opened.title}</PageHeading>
        <Badge appearance="tint" size="large" color={statusColor(opened.status)}>
          {strings.statuses[opened.status]}
        </Badge>
      </div>
      <Facts
        facts={[
          [strings.mine.number, opened.number],
          [strings.approve.applicant, opened.applicant],
          [strings.approve.requestedAt, momentText(opened.requestedAt, strings.language)],
          [strings.mine.step, opened.stepName],
          [strings.mine.due, momentText(opened.dueAt, strings.language)]
        ]}
      />
      <section>
        <h3 className={styles.subheading}>{strings.approve.changes}</h3>
        <Changes changes={opened.changes} />
      </section>
      <section>
        <h3 className={styles.subheading}>{strings.approve.summary}</h3>
        <Facts facts={opened.summary} />
      </section>
      <AttachedFiles files={opened.files} />
      <History history={opened.history} />
    </>
  );
}
