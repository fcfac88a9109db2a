import { Button, Spinner } from '@fluentui/react-components';
import * as React from 'react';

import type { Link, Workflow } from '../../data/model';
import { fieldsOf, withoutLookUps, type Issue, type Masters } from '../../forms/model';
import { placeOf, type Place } from '../../forms/place';
import { civilDate } from '../../forms/today';
import { useEnvironment } from '../../page/environment';
import { PageHeading } from '../../page/PageHeading';
import { useStyles } from '../../page/styles';
import { labelText } from '../../page/words';
import { APPLY_FOR, applicantIssue } from './applicant';
import { ApplicantField } from './ApplicantField';
import { Attachments } from './Attachments';
import { endlessForm, renewalForm, type Beginning } from './beginning';
import { FormSection } from './FormSection';
import { focusField, IssueSummary } from './IssueSummary';
import { NamesContext, objectOf, type NamesOf } from './names';
import { Notices } from './Notices';
import { Standing } from './Standing';
import { useAttachments } from './useAttachments';
import { useDefaults } from './useDefaults';
import { useForm, type FormState } from './useForm';
import { useLeaveGuard } from './useLeaveGuard';
import { useVerdict } from './useVerdict';

const ANEW: Beginning = {};

export interface FormPageProps {
  workflow: Workflow;
  masters: Masters;
  begin?: Beginning;
  onBack(): void;
  onApplied(): void;
}

export function FormPage(props: FormPageProps): React.ReactElement {
  const { strings } = useEnvironment();
  const styles = useStyles();
  const { masters, begin = ANEW } = props;
  const { row } = begin;
  const today = React.useMemo(() => civilDate(new Date()), []);
  const form = useForm(props.workflow, begin);
  const workflow = useAsked(props.workflow, form.origin.link);
  const { verdict, checker, unavailable } = useVerdict(workflow.form, masters, today, form.values);
  const files = useAttachments(form, verdict);
  const [asked, setAsked] = React.useState(false);
  const [target, setTarget] = React.useState<Place>();
  useLeaveGuard(form.dirty);
  useDefaults(form, checker, !row && !begin.values);

  const unnamed = applicantIssue(form.origin);
  const issues: Issue[] = [...(unnamed ? [unnamed] : []), ...(verdict?.issues ?? [])];
  const goTo = (path: string): void => {
    setTarget(placeOf(path));
    // A row is opened first.
    window.setTimeout(() => focusField(path), 0);
    focusField(path);
  };
  const apply = async (): Promise<void> => {
    setAsked(true);
    form.touchAll([APPLY_FOR, ...fieldsOf(workflow.form).map((field) => field.key)]);
    if (issues.length > 0) return goTo(issues[0].field);
    if (await form.apply(verdict)) props.onApplied();
  };
  const names = useNames(workflow, form, begin);
  const busy = form.busy || files.busy;
  const returned = row?.status === 'SB' || row?.status === 'PB';
  // Drafts and files need a row of one's own.
  const ownRow = begin.again === undefined;
  return (
    <div className={styles.stack}>
      <PageHeading>{labelText(workflow.title, strings.language)}</PageHeading>
      <Standing {...{ workflow, row, begin, unavailable }} origin={form.origin} />
      {returned && row.issues.length > 0 && (
        <IssueSummary issues={row.issues} schema={workflow.form} title={strings.form.returned} onGo={goTo} />
      )}
      {ownRow && mayApplyForOthers(workflow) && !row?.number && <ApplicantField workflow={workflow} form={form} />}
      <NamesContext.Provider value={names}>
        {workflow.form.sections.map((section) => (
          <FormSection
            key={section.key}
            schema={workflow.form}
            {...{ section, form, verdict, checker, masters, today, target }}
            emptied={begin.emptied}
          />
        ))}
      </NamesContext.Provider>
      {ownRow && <Attachments names={files.names} disabled={busy} onAdd={files.add} onRemove={files.remove} />}
      {asked && issues.length > 0 && (
        <IssueSummary issues={issues} schema={workflow.form} title={strings.form.issues} onGo={goTo} />
      )}
      <Notices form={form} schema={workflow.form} />
      <div className={styles.row}>
        <Button type="button" appearance="primary" disabled={busy} onClick={apply}>
          {returned || !ownRow ? strings.form.applyAgain : strings.form.apply}
        </Button>
        {ownRow && (
          <Button type="button" disabled={busy} onClick={() => form.saveDraft(verdict)}>
            {strings.form.saveDraft}
          </Button>
        )}
        <Button type="button" appearance="subtle" disabled={busy} onClick={props.onBack}>
          {strings.back}
        </Button>
        {busy && <Spinner size="tiny" label={strings.form.busy} />}
      </div>
    </div>
  );
}

function mayApplyForOthers({ applyFor = 'nobody' }: Workflow): boolean {
  return applyFor !== 'nobody';
}

function useNames(workflow: Workflow, form: FormState, begin: Beginning): NamesOf {
  const object = objectOf(workflow, form.values);
  const application = form.row?.number || begin.again;
  return React.useMemo(() => ({ object, application }), [object, application]);
}

/** As far as it is asked of whoever follows another application. */
function useAsked(workflow: Workflow, link?: Link): Workflow {
  return React.useMemo(() => askedBy(workflow, link), [workflow, link]);
}

function askedBy(workflow: Workflow, link?: Link): Workflow {
  if (link === '更新申請') return { ...workflow, form: renewalForm(workflow) };
  // The account that is changed holds its name already: nobody looks whether it is free.
  return link === '変更申請' ? { ...workflow, form: withoutLookUps(endlessForm(workflow)) } : workflow;
}
