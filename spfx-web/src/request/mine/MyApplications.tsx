import { Badge, Button } from '@fluentui/react-components';
import * as React from 'react';

import { useEnvironment } from '../../page/environment';
import { PageHeading } from '../../page/PageHeading';
import { useStyles } from '../../page/styles';
import { momentText } from '../../page/words';
import type { Entry } from './entry';
import { statusColor } from '../../page/statusColor';

export interface MyApplicationsProps {
  entries: Entry[];
  onOpen(entry: Entry): void;
  /** What takes a draft straight to its form; nothing for all else. */
  draftEditing(entry: Entry): (() => void) | undefined;
  onRefresh(): void;
  /** Whether the focus stays where it is. */
  quiet: boolean;
}

export function MyApplications(props: MyApplicationsProps): React.ReactElement {
  const { strings } = useEnvironment();
  const styles = useStyles();
  return (
    <div className={styles.stack}>
      <div className={styles.row}>
        <PageHeading quiet={props.quiet}>{strings.mine.title}</PageHeading>
        <Button type="button" size="small" onClick={props.onRefresh}>
          {strings.mine.refresh}
        </Button>
      </div>
      {props.entries.length === 0 && <p>{strings.mine.empty}</p>}
      <ul className={styles.list}>
        {props.entries.map((entry) => (
          <EntryCard key={entry.key} entry={entry} onOpen={props.onOpen} onEdit={props.draftEditing(entry)} />
        ))}
      </ul>
    </div>
  );
}

interface EntryCardProps {
  entry: Entry;
  onOpen(entry: Entry): void;
  onEdit?(): void;
}

function EntryCard(props: EntryCardProps): React.ReactElement {
  const { strings } = useEnvironment();
  const styles = useStyles();
  const { entry } = props;
  const nameId = `pf-${entry.key.replace(/[^\w-]/g, '-')}`;
  const open = (): void => (props.onEdit ? props.onEdit() : props.onOpen(entry));
  return (
    <li className={styles.card}>
      <div className={styles.grow}>
        <strong id={nameId}>{entry.title}</strong>
        <p className={styles.muted}>
          {[entry.number, momentText(entry.changed, strings.language)].filter(Boolean).join(' · ')}
        </p>
      </div>
      <Badge appearance="tint" size="large" color={statusColor(entry.status)}>
        {strings.statuses[entry.status]}
      </Badge>
      <Button type="button" aria-describedby={nameId} onClick={open}>
        {props.onEdit ? strings.mine.edit : strings.mine.open}
      </Button>
    </li>
  );
}
