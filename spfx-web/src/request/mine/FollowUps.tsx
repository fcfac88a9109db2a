import { Button, MessageBar, MessageBarBody } from '@fluentui/react-components';
import * as React from 'react';

import type { Application, Workflow } from '../../data/model';
import type { Values } from '../../forms/model';
import { civilDate } from '../../forms/today';
import { ActForm } from '../../page/ActForm';
import { useEnvironment } from '../../page/environment';
import { useStyles } from '../../page/styles';
import { fill } from '../../page/words';
import { amendmentOf, copyOf, renewalOf, type Beginning } from '../form/beginning';
import { followUpsOf } from './actsFor';
import type { Entry } from './entry';

export interface FollowUpsProps {
  entry: Entry;
  application?: Application;
  workflow: Workflow;
  /** The form as it was sealed, or handed in; it may have to be fetched. */
  values(): Promise<Values | undefined>;
  onForm(begin: Beginning): void;
  onActed(): void;
}

/** What begins from an application: one that undoes, changes or renews it, and a new one with the same answers. */
export function FollowUps(props: FollowUpsProps): React.ReactElement {
  const { strings, lists } = useEnvironment();
  const styles = useStyles();
  const [state, setState] = React.useState<'idle' | 'asking' | 'done' | 'failed'>('idle');
  const { entry, workflow } = props;
  const text = strings.follow;
  const open = (begin: (values: Values) => Beginning): (() => void) => () => {
    const fetched = props.values().then((values) => (values ? props.onForm(begin(values)) : setState('failed')));
    fetched.catch((reason) => {
      console.error(`Provisioning Flow: ${String(reason)}`);
      setState('failed');
    });
  };
  const undo = async (): Promise<void> => {
    await lists.undo(workflow.key, workflow.version, entry.number);
    setState('done');
    props.onActed();
  };
  const link = entry.row?.origin.link;
  const isForm = link !== '取消申請' && link !== '更新申請';
  if (state === 'asking') {
    const help = fill(text.undoHelp, { number: entry.number });
    return <ActForm action={text.undo} help={help} withoutComment carryOut={undo} onCancel={() => setState('idle')} />;
  }
  const follows = state === 'done' ? [] : followUpsOf(entry, workflow, props.application);
  return (
    <div>
      <div role="status">
        {state === 'done' && <Note intent="success" text={text.done} />}
        {state === 'failed' && <Note intent="error" text={strings.failed} />}
      </div>
      <div className={styles.row}>
        {follows.includes('更新申請') && (
          <Button type="button" onClick={() => props.onForm(renewalOf(entry.number))}>
            {text.renew}
          </Button>
        )}
        {follows.includes('変更申請') && (
          <Button type="button" onClick={open((values) => amendmentOf(workflow.form, values, entry.number))}>
            {text.amend}
          </Button>
        )}
        {follows.includes('取消申請') && (
          <Button type="button" onClick={() => setState('asking')}>
            {text.undo}
          </Button>
        )}
        {isForm && (
          <Button type="button" onClick={open((values) => copyOf(workflow.form, values, civilDate(new Date())))}>
            {text.copy}
          </Button>
        )}
      </div>
    </div>
  );
}

function Note(props: { intent: 'success' | 'error'; text: string }): React.ReactElement {
  return (
    <MessageBar intent={props.intent} layout="multiline">
      <MessageBarBody>{props.text}</MessageBarBody>
    </MessageBar>
  );
}
