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
  /** Looks for the item of an application, and opens it. */
  onFind(number: string): Promise<boolean>;
  onRefresh(): void;
}

export function TaskCards({ tasks, onOpen, onFind, onRefresh }: TaskCardsProps): React.ReactElement {
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
          <OtherCard key={other.number} other={other} onFind={onFind} />
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

/** It waits for the person, but not for a decision; or its list does not show it to him yet. */
function OtherCard({ other, onFind }: { other: Listed; onFind(number: string): Promise<boolean> }): React.ReactElement {
  const { strings } = useEnvironment();
  const styles = useStyles();
  const [lost, setLost] = React.useState(false);
  const nameId = `pf-task-${other.number}`;
  const find = async (): Promise<void> => setLost(!(await onFind(other.number).catch(() => false)));
  return (
    <li className={styles.card}>
      <div className={styles.grow}>
        <strong id={nameId}>{other.number}</strong>
        <p className={styles.muted}>{strings.statuses[other.status]}</p>
        {lost && (
          <p className={styles.muted} role="status">
            {strings.approve.notShownYet}
          </p>
        )}
      </div>
      <Button type="button" aria-describedby={nameId} onClick={find}>
        {strings.approve.open}
      </Button>
    </li>
  );
}
