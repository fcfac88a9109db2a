import { Button, MessageBar, MessageBarBody } from '@fluentui/react-components';
import * as React from 'react';

import type { Act, Target } from '../../data/model';
import { ActForm } from '../../page/ActForm';
import { useEnvironment } from '../../page/environment';
import { useStyles } from '../../page/styles';
import { fill } from '../../page/words';
import { actsFor } from './actsFor';

/** Pull back and withdraw. Each asks once more, because others are told. */
export function Acts(props: { target: Target; onActed(): void }): React.ReactElement {
  const { strings, lists } = useEnvironment();
  const styles = useStyles();
  const [chosen, setChosen] = React.useState<Act>();
  const [done, setDone] = React.useState(false);
  const words = (act: Act): string => (act === '引戻し' ? strings.acts.pullBack : strings.acts.withdraw);

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
  if (done) {
    return (
      <MessageBar intent="success" layout="multiline" role="status">
        <MessageBarBody>{fill(strings.acts.done, { action: words(chosen) })}</MessageBarBody>
      </MessageBar>
    );
  }
  const carryOut = async (comment: string): Promise<void> => {
    await lists.act(props.target, chosen, comment);
    setDone(true);
    props.onActed();
  };
  return (
    <ActForm
      action={words(chosen)}
      help={chosen === '引戻し' ? strings.acts.pullBackHelp : strings.acts.withdrawHelp}
      carryOut={carryOut}
      onCancel={() => setChosen(undefined)}
    />
  );
}
