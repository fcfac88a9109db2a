import { Badge, Button, MessageBar, MessageBarBody } from '@fluentui/react-components';
import * as React from 'react';

import { findApplication } from '../../data/application';
import type { Catalogue } from '../../data/model';
import { useEnvironment } from '../../page/environment';
import { useStyles } from '../../page/styles';
import { useLoaded } from '../../page/useLoaded';
import { momentText } from '../../page/words';
import { Acts } from './Acts';
import { statusNow, targetOf, type Entry } from './entry';
import { Facts } from '../../page/Facts';
import { History } from '../../page/History';
import { ProgressSteps } from './ProgressSteps';
import { RowResults } from './RowResults';
import { statusColor } from '../../page/statusColor';

export interface DetailProps {
  entry: Entry;
  definitions: Catalogue;
  onBack(): void;
  /** Nothing where the form can no longer be changed, or its definition is gone. */
  onEdit?(): void;
  onActed(): void;
}

/** One application: where it stands, what happened, and what its applicant can still do. */
export function Detail(props: DetailProps): React.ReactElement {
  const { strings, lists, backend } = useEnvironment();
  const styles = useStyles();
  const { entry } = props;
  const told = useLoaded(async () => ({
    found: entry.number ? await findApplication(lists, backend, entry) : undefined
  }));
  const application = told.value?.found;
  const status = statusNow(entry, application);
  const onActed = (): void => {
    told.reload();
    props.onActed();
  };
  const facts: [string, string][] = [
    [strings.mine.number, entry.number],
    [strings.mine.step, application?.stepName ?? ''],
    [strings.mine.due, momentText(application?.dueAt ?? '', strings.language)],
    [strings.mine.updated, momentText(application?.statusAt || entry.changed, strings.language)],
    [strings.mine.result, application?.result ?? '']
  ];
  return (
    <div className={styles.stack}>
      <div className={styles.row}>
        <h2 className={styles.heading}>{entry.title}</h2>
        <Badge appearance="tint" size="large" color={statusColor(status)}>
          {strings.statuses[status]}
        </Badge>
      </div>
      <Facts facts={facts} />
      {entry.number && told.value && !application && (
        <MessageBar intent="warning" layout="multiline">
          <MessageBarBody>{strings.mine.partly}</MessageBarBody>
        </MessageBar>
      )}
      {application && entry.row && (
        <RowResults row={entry.row} definitions={props.definitions} result={application.result} />
      )}
      {application && <History history={application.history} events={application.events} />}
      {entry.number && <ProgressSteps number={entry.number} />}
      {entry.number && <Acts target={targetOf(entry, application)} onActed={onActed} />}
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
