import { Button, MessageBar, MessageBarActions, MessageBarBody, Spinner } from '@fluentui/react-components';
import * as React from 'react';

import { useEnvironment } from '../page/environment';
import { fill } from '../page/words';
import type { Strings } from '../page/strings';
import type { Offer } from './choices';
import { useOutcome, type Watched } from './useOutcome';

const INTENTS = { recorded: 'success', notCounted: 'error', later: 'info' } as const;

/** A decision that is written: on its way, in the journal, or why it does not count. */
export function Recorded(props: { offer: Offer; row: number; onReload(): void }): React.ReactElement {
  const { strings } = useEnvironment();
  const watched = useOutcome(props.row);
  if (watched.kind === 'waiting') return <Spinner label={strings.approve.recording} role="status" />;
  return (
    <MessageBar intent={INTENTS[watched.kind]} layout="multiline" role="status">
      <MessageBarBody>{sentence(strings, props.offer, watched)}</MessageBarBody>
      <MessageBarActions>
        <Button type="button" onClick={props.onReload}>
          {strings.approve.lookAgain}
        </Button>
      </MessageBarActions>
    </MessageBar>
  );
}

function sentence({ approve, statuses }: Strings, offer: Offer, watched: Watched): string {
  const action = approve.offers[offer];
  switch (watched.kind) {
    case 'recorded': {
      const state = watched.status ? fill(approve.nowIn, { status: statuses[watched.status] }) : '';
      return fill(approve.recorded, { action }) + state;
    }
    case 'notCounted':
      return fill(approve.notCounted, { action, reason: approve.refusals[watched.code] ?? approve.refusalUnknown });
    default:
      return fill(approve.later, { action });
  }
}
