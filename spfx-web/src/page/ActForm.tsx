import { Button, Field, MessageBar, MessageBarBody, Textarea } from '@fluentui/react-components';
import * as React from 'react';

import { useEnvironment } from './environment';
import { useStyles } from './styles';
import { fill } from './words';

export interface ActFormProps {
  /** The act in words. */
  action: string;
  help: string;
  commentRequired?: boolean;
  /** Where nobody would read one. */
  withoutComment?: boolean;
  /** What leads back, where it is not simply given up. */
  back?: string;
  /** Resolves once the act is written. */
  carryOut(comment: string): Promise<void>;
  onCancel(): void;
}

/** Asks once more before an act, because others are told: with a comment, and what it leads to. */
export function ActForm(props: React.PropsWithChildren<ActFormProps>): React.ReactElement {
  const { strings } = useEnvironment();
  const styles = useStyles();
  const [comment, setComment] = React.useState('');
  const [state, setState] = React.useState<'idle' | 'missing' | 'busy' | 'failed'>('idle');
  const box = React.useRef<HTMLTextAreaElement>(null);

  const yes = React.useRef<HTMLButtonElement>(null);

  React.useEffect(() => (box.current ?? yes.current)?.focus(), []);

  const confirm = async (): Promise<void> => {
    if (props.commentRequired && !comment.trim()) {
      setState('missing');
      box.current?.focus();
      return;
    }
    setState('busy');
    try {
      await props.carryOut(comment.trim());
    } catch (reason) {
      console.error(`Provisioning Flow: ${String(reason)}`);
      setState('failed');
    }
  };
  const busy = state === 'busy';
  const missing = state === 'missing' && !comment.trim();
  return (
    <div className={styles.section} role="group" aria-label={props.action}>
      <p className={styles.muted}>{props.help}</p>
      {props.children}
      {!props.withoutComment && (
        <Field
          label={props.commentRequired ? strings.acts.commentRequired : strings.acts.comment}
          required={props.commentRequired}
          validationMessage={missing ? strings.acts.commentMissing : undefined}
        >
          <Textarea
            ref={box}
            value={comment}
            maxLength={2000}
            disabled={busy}
            onChange={(_, data) => setComment(data.value)}
          />
        </Field>
      )}
      {state === 'failed' && (
        <MessageBar intent="error" layout="multiline" role="alert">
          <MessageBarBody>{strings.failed}</MessageBarBody>
        </MessageBar>
      )}
      <div className={styles.row}>
        <Button type="button" appearance="primary" ref={yes} disabled={busy} onClick={confirm}>
          {fill(strings.acts.confirm, { action: props.action })}
        </Button>
        <Button type="button" disabled={busy} onClick={props.onCancel}>
          {props.back ?? strings.acts.cancel}
        </Button>
      </div>
    </div>
  );
}
