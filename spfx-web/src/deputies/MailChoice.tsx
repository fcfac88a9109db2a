import { Button, Radio, RadioGroup } from '@fluentui/react-components';
import * as React from 'react';

import type { Mails } from '../data/deputies';
import { useEnvironment } from '../page/environment';
import { useStyles } from '../page/styles';

/** One mail for each event, or one a day. */
export function MailChoice(props: { mails: Mails; onWrite(mails: Mails): Promise<void> }): React.ReactElement {
  const { strings } = useEnvironment();
  const styles = useStyles();
  const words = strings.deputies.mails;
  const [chosen, setChosen] = React.useState<Mails>(props.mails);
  const [state, setState] = React.useState<'idle' | 'busy' | 'failed'>('idle');
  React.useEffect(() => setChosen(props.mails), [props.mails]);
  const write = async (): Promise<void> => {
    setState('busy');
    try {
      await props.onWrite(chosen);
      setState('idle');
    } catch (reason) {
      console.error(`Provisioning Flow: ${String(reason)}`);
      setState('failed');
    }
  };
  return (
    <section className={styles.section} aria-label={words.title}>
      <h3 className={styles.subheading}>{words.title}</h3>
      <RadioGroup aria-label={words.title} value={chosen} onChange={(_, data) => setChosen(data.value as Mails)}>
        <Radio value="each" label={words.each} />
        <Radio value="daily" label={words.daily} />
      </RadioGroup>
      <p className={styles.muted}>{words.help}</p>
      {state === 'failed' && <p role="alert">{strings.failed}</p>}
      <div className={styles.row}>
        <Button type="button" disabled={state === 'busy' || chosen === props.mails} onClick={write}>
          {words.write}
        </Button>
      </div>
    </section>
  );
}
