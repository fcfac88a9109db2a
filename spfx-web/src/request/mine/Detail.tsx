import { Badge, Button, MessageBar, MessageBarBody } from '@fluentui/react-components';
import * as React from 'react';

import { findApplication } from '../../data/application';
import type { Application, Catalogue, Origin, Workflow } from '../../data/model';
import { valuesOf } from '../../data/rows';
import { isPacked, isTabled } from '../../data/rowsFiles';
import type { Values } from '../../forms/model';
import type { SharePointLists } from '../../data/sharePoint';
import { AttachedFiles } from '../../page/AttachedFiles';
import { useEnvironment } from '../../page/environment';
import { useStyles } from '../../page/styles';
import { useLoaded } from '../../page/useLoaded';
import { PageHeading } from '../../page/PageHeading';
import { fill, momentText } from '../../page/words';
import { resubmissionOf, type Beginning } from '../form/beginning';
import { Acts } from './Acts';
import { mayApplyAgain } from './actsFor';
import { isDraftedForAnother, statusNow, targetOf, type Entry } from './entry';
import { Facts } from '../../page/Facts';
import { History } from '../../page/History';
import { FollowUps } from './FollowUps';
import { ProgressSteps } from './ProgressSteps';
import { RowResults } from './RowResults';
import { statusColor } from '../../page/statusColor';
import { UndoReturned } from './UndoReturned';

export interface DetailProps {
  entry: Entry;
  definitions: Catalogue;
  onBack(): void;
  /** Nothing where the form can no longer be changed, or its definition is gone. */
  onEdit?(told?: Application): void;
  onForm(workflow: Workflow, begin: Beginning): void;
  onActed(): void;
}

/** One application: where it stands, what happened, and what its applicant can still do. */
export function Detail(props: DetailProps): React.ReactElement {
  const { strings, lists, backend, applicant } = useEnvironment();
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
  const origin: Origin = entry.row?.origin ?? {};
  const isAnothers = isDraftedForAnother(entry, applicant?.upn ?? '');
  const workflow = props.definitions.workflows.find((known) => known.key === entry.workflow);
  const facts: [string, string][] = [
    [strings.mine.number, entry.number],
    [strings.applicant.label, origin.applyFor ?? ''],
    [strings.follow.original, origin.original ? `${origin.original} (${strings.follow.links[origin.link ?? '変更申請']})` : ''],
    [strings.mine.step, application?.stepName ?? ''],
    [strings.mine.due, momentText(application?.dueAt ?? '', strings.language)],
    [strings.mine.scheduled, momentText(application?.scheduledAt ?? '', strings.language)],
    [strings.mine.expires, momentText(application?.expiresAt ?? '', strings.language)],
    [strings.mine.updated, momentText(application?.statusAt || entry.changed, strings.language)],
    [strings.mine.result, application?.result ?? '']
  ];
  return (
    <div className={styles.stack}>
      <div className={styles.row}>
        <PageHeading>{entry.title}</PageHeading>
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
      {application && <AttachedFiles files={application.files} />}
      {application && <History history={application.history} events={application.events} />}
      {entry.number && <ProgressSteps number={entry.number} />}
      {isAnothers && entry.number && (
        <p className={styles.muted}>{fill(strings.applicant.acts, { name: origin.applyFor ?? '' })}</p>
      )}
      {entry.number && !isAnothers && <Acts target={targetOf(entry, application)} onActed={onActed} />}
      {origin.link === '取消申請' && entry.row?.editable && <UndoReturned row={entry.row} onActed={onActed} />}
      {workflow && told.value && (entry.row || application?.payload) && status !== 'DR' && (
        <FollowUps
          entry={{ ...entry, status }}
          application={application}
          workflow={workflow}
          values={() => wholeForm(lists, entry, application)}
          onForm={(begin) => props.onForm(workflow, begin)}
          onActed={props.onActed}
        />
      )}
      {workflow && mayApplyAgain(entry, application) && (
        <ApplyAgain number={entry.number} workflow={workflow} application={application} onForm={props.onForm} />
      )}
      <div className={styles.row}>
        {props.onEdit && (
          <Button type="button" appearance="primary" onClick={() => props.onEdit?.(application)}>
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

interface ApplyAgainProps extends Pick<DetailProps, 'onForm'> {
  number: string;
  workflow: Workflow;
  application: Application | undefined;
}

/** 再申請 by the applicant for whom somebody else wrote the row. */
function ApplyAgain({ number, workflow, application, onForm }: ApplyAgainProps): React.ReactElement {
  const { strings } = useEnvironment();
  const styles = useStyles();
  const values = valuesOf(application?.payload ?? '');
  // Its rows are more than an act can carry.
  if (isTabled(values)) return <p className={styles.muted}>{strings.applicant.tooLarge}</p>;
  const open = (): void => onForm(workflow, { ...resubmissionOf(workflow.form, values, number), told: application });
  return (
    <div>
      <Button type="button" appearance="primary" onClick={open}>
        {strings.mine.edit}
      </Button>
    </div>
  );
}

/** The sealed form, else what the row holds; rows that stand in a file beside the row come from there. */
async function wholeForm(
  lists: SharePointLists,
  { row }: Entry,
  application: Application | undefined
): Promise<Values | undefined> {
  const sealed = application?.payload ? valuesOf(application.payload) : undefined;
  if (sealed && !isPacked(sealed) && !isTabled(sealed)) return sealed;
  return row && (isPacked(row.values) ? (await lists.row(row.id)).values : row.values);
}
