import { Button, MessageBar, MessageBarBody } from '@fluentui/react-components';
import * as React from 'react';

import type { Row } from '../../data/model';
import { ActForm } from '../../page/ActForm';
import { useEnvironment } from '../../page/environment';
import { useStyles } from '../../page/styles';
import { issueText } from '../../page/words';

/** A 取消申請 that came back: it has no form to mend, only to be handed in again. */
export function UndoReturned(props: { row: Row; onActed(): void }): React.ReactElement {
  const { strings, lists } = useEnvironment();
  const styles = useStyles();
  const [asking, setAsking] = React.useState(false);
  const { row } = props;
  const again = async (): Promise<void> => {
    await lists.applyAgain(row);
    setAsking(false);
    props.onActed();
  };
  return (
    <div className={styles.stack}>
      {row.issues.length > 0 && (
        <MessageBar intent="error" layout="multiline" role="alert">
          <MessageBarBody>
            {row.issues.map((issue) => (
              <p key={`${issue.field} ${issue.code}`}>{issueText(strings, issue)}</p>
            ))}
          </MessageBarBody>
        </MessageBar>
      )}
      {asking ? (
        <ActForm
          action={strings.form.applyAgain}
          help={strings.follow.undoAgain}
          withoutComment
          carryOut={again}
          onCancel={() => setAsking(false)}
        />
      ) : (
        <div>
          <Button type="button" appearance="primary" onClick={() => setAsking(true)}>
            {strings.form.applyAgain}
          </Button>
        </div>
      )}
    </div>
  );
}
