import { Button, Checkbox, Field, Input, MessageBar, MessageBarBody } from '@fluentui/react-components';
import * as React from 'react';

import type { Wish } from '../data/deputies';
import type { Workflow } from '../data/model';
import { useEnvironment } from '../page/environment';
import { useStyles } from '../page/styles';
import { labelText } from '../page/words';

export interface DeputyFormProps {
  workflows: Workflow[];
  /** What a link filled in. */
  wish?: Wish;
  /** Resolves once the wish is written. */
  onWrite(wish: Wish): Promise<void>;
}

const EMPTY: Wish = { to: '', from: '', until: '', workflows: [] };

type State = 'idle' | 'busy' | 'failed' | 'missing' | 'backwards';

/** Names a deputy: an address, a period, and in which workflows. */
export function DeputyForm({ workflows, wish, onWrite }: DeputyFormProps): React.ReactElement {
  const { strings } = useEnvironment();
  const styles = useStyles();
  const words = strings.deputies;
  const [asked, setAsked] = React.useState<Wish>(wish ?? EMPTY);
  const [state, setState] = React.useState<State>('idle');
  const change = (part: Partial<Wish>): void => setAsked({ ...asked, ...part });
  const write = async (): Promise<void> => {
    if (!asked.to.includes('@')) return setState('missing');
    if (asked.from && asked.until && asked.until < asked.from) return setState('backwards');
    setState('busy');
    try {
      await onWrite(asked);
      setAsked(EMPTY);
      setState('idle');
    } catch (reason) {
      console.error(`Provisioning Flow: ${String(reason)}`);
      setState('failed');
    }
  };
  const toggle = (key: string, on: boolean): void =>
    change({ workflows: on ? [...asked.workflows, key] : asked.workflows.filter((other) => other !== key) });
  return (
    <section className={styles.section} aria-label={words.add}>
      <h3 className={styles.subheading}>{words.add}</h3>
      <p className={styles.muted}>{words.help}</p>
      <Field label={words.to} required validationMessage={state === 'missing' ? words.toMissing : undefined}>
        <Input
          type="email"
          value={asked.to}
          placeholder={strings.form.personHint}
          autoComplete="off"
          onChange={(_, data) => change({ to: data.value })}
        />
      </Field>
      <Field label={words.from}>
        <Input type="date" max="9999-12-31" value={asked.from} onChange={(_, data) => change({ from: data.value })} />
      </Field>
      <Field label={words.until} validationMessage={state === 'backwards' ? words.backwards : undefined}>
        <Input type="date" max="9999-12-31" value={asked.until} onChange={(_, data) => change({ until: data.value })} />
      </Field>
      {workflows.length > 0 && (
        <div role="group" aria-label={words.scope}>
          <p className={styles.muted}>{words.scope}</p>
          {workflows.map((workflow) => (
            <Checkbox
              key={workflow.key}
              label={labelText(workflow.title, strings.language)}
              checked={asked.workflows.includes(workflow.key)}
              onChange={(_, data) => toggle(workflow.key, data.checked === true)}
            />
          ))}
        </div>
      )}
      {state === 'failed' && (
        <MessageBar intent="error" layout="multiline" role="alert">
          <MessageBarBody>{strings.failed}</MessageBarBody>
        </MessageBar>
      )}
      <div className={styles.row}>
        <Button type="button" appearance="primary" disabled={state === 'busy'} onClick={write}>
          {words.write}
        </Button>
      </div>
    </section>
  );
}
