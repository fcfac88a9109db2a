import { Button, MessageBar, MessageBarActions, MessageBarBody, Spinner } from '@fluentui/react-components';
import * as React from 'react';

import { useEnvironment } from './environment';

/** Until something is there: that it is coming, or that it did not come. */
export function Waiting(props: { failed: boolean; onRetry(): void }): React.ReactElement {
  const { strings } = useEnvironment();
  if (!props.failed) return <Spinner label={strings.loading} />;
  return (
    <MessageBar intent="error" layout="multiline">
      <MessageBarBody>{strings.failed}</MessageBarBody>
      <MessageBarActions>
        <Button type="button" onClick={props.onRetry}>
          {strings.retry}
        </Button>
      </MessageBarActions>
    </MessageBar>
  );
}
