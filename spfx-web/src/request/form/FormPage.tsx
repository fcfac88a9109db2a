import { Button, MessageBar, MessageBarBody, Spinner } from '@fluentui/react-components';
import * as React from 'react';

import type { Row, Workflow } from '../../data/model';
import { fieldsOf, type Masters } from '../../forms/model';
import { placeOf, type Place } from '../../forms/place';
import { civilDate } from '../../forms/today';
import { useEnvironment } from '../../page/environment';
import { useStyles } from '../../page/styles';
import { labelText } from '../../page/words';
import { Attachments } from './Attachments';
import { FormSection } from './FormSection';
import { focusField, IssueSummary } from './IssueSummary';
import { Notices } from './Notices';
import { useAttachments } from './useAttachments';
import { useDefaults } from './useDefaults';
import { useForm } from './useForm';
import { useLeaveGuard } from './useLeaveGuard';
import { useVerdict } from './useVerdict';

export interface FormPageProps {
  workflow: Workflow;
  masters: Masters;
  row?: Row;
  onBack(): void;
  onApplied(row: Row): void;
}

export function FormPage(props: FormPageProps): React.ReactElement {
  const { strings } = useEnvironment();
  const styles = useStyles();
  const { workflow, masters } = props;
  const today = React.useMemo(() => civilDate(new Date()), []);
  const form = useForm(workflow, props.row);
  const { verdict, checker, unavailable } = useVerdict(workflow.form, masters, today, form.values);
  const files = useAttachments(form, verdict);
  const [asked, setAsked] = React.useState(false);
  const [target, setTarget] = React.useState<Place>();
  useLeaveGuard(form.dirty);
  useDefaults(form, checker, props.row === undefined);

  const issues = verdict?.issues ?? [];
  const goTo = (path: string): void => {
    setTarget(placeOf(path));
    // A row is opened first.
    window.setTimeout(() => focusField(path), 0);
    focusField(path);
  };
  const apply = async (): Promise<void> => {
    setAsked(true);
    form.touchAll(fieldsOf(workflow.form).map((field) => field.key));
    if (issues.length > 0) return goTo(issues[0].field);
    const row = await form.apply(verdict);
    if (row) props.onApplied(row);
  };
  const busy = form.busy || files.busy;
  const returned = props.row?.status === 'SB' || props.row?.status === 'PB';
  return (
    <div className={styles.stack}>
      <h2 className={styles.heading}>{labelText(workflow.title, strings.language)}</h2>
      {unavailable && <Warning text={strings.form.unchecked} />}
      {props.row && props.row.version < workflow.version && <Warning text={strings.form.olderDefinition} />}
      {returned && props.row && props.row.issues.length > 0 && (
        <IssueSummary issues={props.row.issues} schema={workflow.form} title={strings.form.returned} onGo={goTo} />
      )}
      {workflow.form.sections.map((section) => (
        <FormSection
          key={section.key}
          schema={workflow.form}
          {...{ section, form, verdict, checker, masters, today, target }}
        />
      ))}
      <Attachments names={files.names} disabled={busy} onAdd={files.add} onRemove={files.remove} />
      {asked && issues.length > 0 && (
        <IssueSummary issues={issues} schema={workflow.form} title={strings.form.issues} onGo={goTo} />
      )}
      <Notices form={form} schema={workflow.form} />
      <div className={styles.row}>
        <Button type="button" appearance="primary" disabled={busy} onClick={apply}>
          {returned ? strings.form.applyAgain : strings.form.apply}
        </Button>
        <Button type="button" disabled={busy} onClick={() => form.saveDraft(verdict)}>
          {strings.form.saveDraft}
        </Button>
        <Button type="button" appearance="subtle" disabled={busy} onClick={props.onBack}>
          {strings.back}
        </Button>
        {busy && <Spinner size="tiny" label={strings.form.busy} />}
      </div>
    </div>
  );
}

function Warning(props: { text: string }): React.ReactElement {
  return (
    <MessageBar intent="warning" layout="multiline">
      <MessageBarBody>{props.text}</MessageBarBody>
    </MessageBar>
  );
}
