import { Button, mergeClasses, MessageBar, MessageBarBody } from '@fluentui/react-components';
import * as React from 'react';

import type { Workflow } from '../data/model';
import { valuesOf } from '../data/rows';
import { fitsColumn } from '../data/rowsFiles';
import { correctionText } from '../data/taskLists';
import type { Editable, Opened } from '../data/tasks';
import { withoutLookUps, type Masters } from '../forms/model';
import { placeOf, type Place } from '../forms/place';
import { civilDate } from '../forms/today';
import { ActForm } from '../page/ActForm';
import { useEnvironment } from '../page/environment';
import { useStyles } from '../page/styles';
import { useLoaded } from '../page/useLoaded';
import { Waiting } from '../page/Waiting';
import { FormSection } from '../request/form/FormSection';
import { focusField, IssueSummary } from '../request/form/IssueSummary';
import { useForm } from '../request/form/useForm';
import { useVerdict } from '../request/form/useVerdict';
import { Changes } from './Changes';
import { changesFor, differences, issuesOf, sectionsOf, type Changed } from './corrections';

export interface CorrectProps {
  opened: Opened;
  editable: Editable;
  onWritten(row: number): void;
  onCancel(): void;
}

/** 修正: the fields that the step lets be changed, judged as the form is; what changes is shown before it is sent. */
export function Correct(props: CorrectProps): React.ReactElement {
  const { lists } = useEnvironment();
  const masters = useLoaded(async () => (await lists.catalogue()).masters);
  if (!masters.value) return <Waiting failed={masters.failed} onRetry={masters.reload} />;
  return <Correction {...props} masters={masters.value} />;
}

function Correction(props: CorrectProps & { masters: Masters }): React.ReactElement {
  const { strings, tasks } = useEnvironment();
  const { opened, editable, masters } = props;
  const today = React.useMemo(() => civilDate(new Date()), []);
  const before = React.useMemo(() => valuesOf(opened.payload), [opened.payload]);
  const workflow = React.useMemo(() => workflowOf(opened, editable), [opened, editable]);
  const form = useForm(workflow, { values: before });
  const { verdict, checker, unavailable } = useVerdict(workflow.form, masters, today, form.values);
  const [asked, setAsked] = React.useState(false);
  const [sending, setSending] = React.useState(false);
  const [target, setTarget] = React.useState<Place>();
  const changes = changesFor(editable.keys, before, verdict?.values ?? form.values);
  const issues = issuesOf(verdict?.issues ?? [], changes);
  const goTo = (path: string): void => {
    setTarget(placeOf(path));
    // A row is opened first.
    window.setTimeout(() => focusField(path), 0);
  };
  const review = (): void => {
    setAsked(true);
    form.touchAll(editable.keys);
    if (issues.length > 0) return goTo(issues[0].field);
    setSending(problemOf(changes) === undefined);
  };
  const send = async (comment: string): Promise<void> => {
    const { number, stepToken } = opened;
    props.onWritten(await tasks.correct({ number, stepToken, changes, comment }));
  };
  if (sending) {
    return (
      <ActForm
        action={strings.approve.offers.修正}
        help={strings.approve.help.修正}
        back={strings.approve.correct.mend}
        carryOut={send}
        onCancel={() => setSending(false)}
      >
        <Changes changes={differences(editable, changes, before, masters, strings)} />
      </ActForm>
    );
  }
  const problem = asked && issues.length === 0 ? problemOf(changes) : undefined;
  return (
    <Fields onReview={review} onCancel={props.onCancel}>
      {unavailable && <Note intent="warning" text={strings.form.unchecked} />}
      {sectionsOf(editable, before).map((section) => (
        <FormSection key={section.key} schema={workflow.form} {...{ section, form, verdict, checker, masters, today, target }} />
      ))}
      {asked && issues.length > 0 && (
        <IssueSummary issues={issues} schema={workflow.form} title={strings.form.issues} onGo={goTo} />
      )}
      <div role="status">{problem && <Note intent="info" text={strings.approve.correct[problem]} />}</div>
    </Fields>
  );
}

interface FieldsProps {
  onReview(): void;
  onCancel(): void;
}

function Fields(props: React.PropsWithChildren<FieldsProps>): React.ReactElement {
  const { strings } = useEnvironment();
  const styles = useStyles();
  const heading = React.useRef<HTMLHeadingElement>(null);
  // The button that led here is gone.
  React.useEffect(() => heading.current?.focus(), []);
  return (
    <section className={styles.stack}>
      <h3 className={mergeClasses(styles.subheading, styles.focusTarget)} ref={heading} tabIndex={-1}>
        {strings.approve.correct.fields}
      </h3>
      {props.children}
      <div className={styles.row}>
        <Button type="button" appearance="primary" onClick={props.onReview}>
          {strings.approve.correct.review}
        </Button>
        <Button type="button" onClick={props.onCancel}>
          {strings.acts.cancel}
        </Button>
      </div>
    </section>
  );
}

function Note(props: { intent: 'info' | 'warning'; text: string }): React.ReactElement {
  return (
    <MessageBar intent={props.intent} layout="multiline">
      <MessageBarBody>{props.text}</MessageBarBody>
    </MessageBar>
  );
}

/** Why there is nothing to send. */
function problemOf(changes: Changed): 'unchanged' | 'tooLarge' | undefined {
  if (Object.keys(changes).length === 0) return 'unchanged';
  return fitsColumn(correctionText(changes)) ? undefined : 'tooLarge';
}

/** The account of an application holds its name already: nobody looks whether it is free. */
function workflowOf({ workflow: key, version, title }: Opened, { form }: Editable): Workflow {
  return { key, version, title: { ja: title, en: title }, form: withoutLookUps(form) };
}
