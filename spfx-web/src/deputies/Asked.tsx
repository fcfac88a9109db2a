import { Button, MessageBar, MessageBarActions, MessageBarBody, Spinner } from '@fluentui/react-components';
import * as React from 'react';

import { useOutcome } from '../approve/useOutcome';
import { useEnvironment } from '../page/environment';

const INTENTS = { recorded: 'success', notCounted: 'error', later: 'info' } as const;

/** A setting that is written: on its way, taken, or why not. */
export function Asked({ row, onDone }: { row: number; onDone(): void }): React.ReactElement {
  const { strings } = useEnvironment();
  const words = strings.deputies;
  const watched = useOutcome(row);
  if (watched.kind === 'waiting') return <Spinner label={words.writing} role="status" />;
  const told = {
    recorded: words.taken,
    later: words.later,
    notCounted: watched.kind === 'notCounted' ? (words.refusals[watched.code] ?? words.refusalUnknown) : ''
  };
  return (
    <MessageBar intent={INTENTS[watched.kind]} layout="multiline" role="status">
      <MessageBarBody>{told[watched.kind]}</MessageBarBody>
      <MessageBarActions>
        <Button type="button" onClick={onDone}>
          {words.lookAgain}
        </Button>
      </MessageBarActions>
    </MessageBar>
  );
}
