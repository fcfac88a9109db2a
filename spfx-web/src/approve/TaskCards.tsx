import { Button, CounterBadge } from '@fluentui/react-components';
import * as React from 'react';

import type { Listed } from '../data/model';
import type { Task } from '../data/tasks';
import { useEnvironment } from '../page/environment';
import { useStyles } from '../page/styles';
import { fill, momentText } from '../page/words';
import type { Tasks } from './useTasks';

export interface TaskCardsProps {
  tasks: Tasks;
  onOpen(task: Task): void;
  onRefresh(): void;
}

export function TaskCards({ tasks, onOpen, onRefresh }: TaskCardsProps): React.ReactElement {
  const { strings } = useEnvironment();
  const styles = useStyles();
  const count = tasks.tasks.length + tasks.others.length;
  return (
    <div className={styles.stack}>
      <div className={styles.row}>
        <h2 className={styles.heading}>{strings.approve.title}</h2>
        <span role="img" aria-label={fill(strings.approve.count, { count })}>
          <CounterBadge count={count} color="brand" size="large" showZero={false} />
        </span>
        <Button type="button" size="small" onClick={onRefresh}>
          {strings.mine.refresh}
        </Button>
      </div>
      {count === 0 && <p>{strings.approve.empty}</p>}
      <ul className={styles.list}>
        {tasks.tasks.map((task) => (
          <TaskCard key={task.number} task={task} onOpen={onOpen} />
        ))}
        {tasks.others.map((other) => (
          <OtherCard key={other.number} other={other} />
        ))}
      </ul>
    </div>
  );
}

function TaskCard({ task, onOpen }: { task: Task; onOpen(task: Task): void }): React.ReactElement {
  const { strings } = useEnvironment();
  const styles = useStyles();
  const nameId = `pf-task-${task.number}`;
  const due = momentText(task.dueAt, strings.language);
  return (
    <li className={styles.card}>
      <div className={styles.grow}>
        <strong id={nameId}>{task.title}</strong>
        <p className={styles.muted}>{[task.number, task.applicant, task.stepName].filter(Boolean).join(' · ')}</p>
        {due && <p className={styles.muted}>{fill(strings.approve.dueAt, { due })}</p>}
      </div>
      <Button type="button" appearance="primary" aria-describedby={nameId} onClick={() => onOpen(task)}>
        {strings.approve.open}
      </Button>
    </li>
  );
}

/** It waits for the person, but its list does not show it to him yet. */
function OtherCard({ other }: { other: Listed }): React.ReactElement {
  const { strings } = useEnvironment();
  const styles = useStyles();
  return (
    <li className={styles.card}>
      <div className={styles.grow}>
        <strong>{other.number}</strong>
        <p className={styles.muted}>{strings.approve.notShownYet}</p>
      </div>
    </li>
  );
}
