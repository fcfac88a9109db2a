import { Button, Field, MessageBar, MessageBarBody, Textarea } from '@fluentui/react-components';
import * as React from 'react';

import type { Act, Target } from '../../data/model';
import { useEnvironment } from '../environment';
import { useStyles } from '../styles';
import { fill } from '../words';
import { actsFor } from './actsFor';

/** Pull back and withdraw. Each asks once more, because others are told. */
export function Acts(props: { target: Target; onActed(): void }): React.ReactElement {
  const { strings, lists } = useEnvironment();
  const styles = useStyles();
  const [chosen, setChosen] = React.useState<Act>();
  const [comment, setComment] = React.useState('');
  const [state, setState] = React.useState<'idle' | 'busy' | 'done' | 'failed'>('idle');
  const words = (act: Act): string => (act === '引戻し' ? strings.acts.pullBack : strings.acts.withdraw);

  const carryOut = async (act: Act): Promise<void> => {
    setState('busy');
    try {
      await lists.act(props.target, act, comment);
      setState('done');
      props.onActed();
    } catch (reason) {
      console.error(`Provisioning Flow: ${String(reason)}`);
      setState('failed');
    }
  };

  if (chosen && state === 'done') {
    return (
      <MessageBar intent="success" layout="multiline" role="status">
        <MessageBarBody>{fill(strings.acts.done, { action: words(chosen) })}</MessageBarBody>
      </MessageBar>
    );
  }
  if (!chosen) {
    return (
      <div className={styles.row}>
        {actsFor(props.target.status).map((act) => (
          <Button key={act} type="button" onClick={() => setChosen(act)}>
            {words(act)}
          </Button>
        ))}
      </div>
    );
  }
  return (
    <div className={styles.section}>
      <p className={styles.muted}>{chosen === '引戻し' ? strings.acts.pullBackHelp : strings.acts.withdrawHelp}</p>
      <Field label={strings.acts.comment}>
        <Textarea value={comment} onChange={(_, data) => setComment(data.value)} />
      </Field>
      {state === 'failed' && (
        <MessageBar intent="error" layout="multiline" role="alert">
          <MessageBarBody>{strings.failed}</MessageBarBody>
        </MessageBar>
      )}
      <div className={styles.row}>
        <Button type="button" appearance="primary" disabled={state === 'busy'} onClick={() => carryOut(chosen)}>
          {fill(strings.acts.confirm, { action: words(chosen) })}
        </Button>
        <Button type="button" disabled={state === 'busy'} onClick={() => setChosen(undefined)}>
          {strings.acts.cancel}
        </Button>
      </div>
    </div>
  );
}
