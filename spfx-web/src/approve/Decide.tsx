import { Button, Field, Input, MessageBar, MessageBarBody, Select } from '@fluentui/react-components';
import * as React from 'react';

import type { Opened, Target } from '../data/tasks';
import { ActForm } from '../page/ActForm';
import { useEnvironment } from '../page/environment';
import { useStyles } from '../page/styles';
import { useLoaded } from '../page/useLoaded';
import { Waiting } from '../page/Waiting';
import { labelText } from '../page/words';
import { Correct } from './Correct';
import { actionOf, choiceOf, holder, needsComment, noticeOf, offers, waitsFor, type Asked, type Offer } from './choices';
import { Recorded } from './Recorded';

export interface DecideProps {
  opened: Opened;
  userId: number;
  /** Reads the application anew. */
  onReload(): void;
}

/** The decision of one step: chosen, said why, written, and what became of it. */
export function Decide({ opened, userId, onReload }: DecideProps): React.ReactElement {
  const { backend, person, tasks } = useEnvironment();
  const [offer, setOffer] = React.useState<Offer>();
  const [row, setRow] = React.useState<number>();
  const standing = useLoaded(async () => ({ found: await backend.standing(opened.number) }));
  const fields = useLoaded(async () => ({ found: await tasks.editable(opened) }));
  const editable = fields.value?.found;
  const asked: Asked = { opened, userId, person, standing: standing.value?.found, editable };
  const cancel = (): void => setOffer(undefined);

  const again = (): void => {
    setOffer(undefined);
    setRow(undefined);
    standing.reload();
    onReload();
  };
  if (offer && row !== undefined) return <Recorded offer={offer} row={row} onReload={again} />;
  if (offer === '修正' && editable) {
    return <Correct opened={opened} editable={editable} onWritten={setRow} onCancel={cancel} />;
  }
  if (offer) return <Confirm offer={offer} asked={asked} onWritten={setRow} onCancel={cancel} />;
  const offered = offers(asked);
  // What the item tells is enough to offer a decision, and not enough to say that nothing is to be decided.
  if (!offered.some(waitsFor) && !standing.value) return <Waiting failed={standing.failed} onRetry={standing.reload} />;
  return (
    <>
      {!offered.some(waitsFor) && <NotAsked asked={asked} />}
      {offered.length > 0 && <Offers offered={offered} onChoose={setOffer} />}
    </>
  );
}

function NotAsked({ asked }: { asked: Asked }): React.ReactElement {
  const { strings } = useEnvironment();
  const held = holder(asked) === 'other';
  return (
    <MessageBar intent="info" layout="multiline">
      <MessageBarBody>{held ? strings.approve.heldByOther : strings.approve.notAsked}</MessageBarBody>
    </MessageBar>
  );
}

function Offers({ offered, onChoose }: { offered: Offer[]; onChoose(offer: Offer): void }): React.ReactElement {
  const { strings } = useEnvironment();
  const styles = useStyles();
  return (
    <section>
      <h3 className={styles.subheading}>{strings.approve.decide}</h3>
      <div className={styles.row}>
        {offered.map((offer) => (
          <Button
            key={offer}
            type="button"
            appearance={offer === '承認' ? 'primary' : 'secondary'}
            onClick={() => onChoose(offer)}
          >
            {strings.approve.offers[offer]}
          </Button>
        ))}
      </div>
    </section>
  );
}

interface ConfirmProps {
  offer: Offer;
  asked: Asked;
  onWritten(row: number): void;
  onCancel(): void;
}

function Confirm({ offer, asked, onWritten, onCancel }: ConfirmProps): React.ReactElement {
  const { strings, tasks } = useEnvironment();
  const [sendBackTo, setSendBackTo] = React.useState('');
  const [to, setTo] = React.useState('');
  const { opened } = asked;
  const { number, stepToken } = opened;
  const carryOut = async (comment: string): Promise<void> => {
    const choice = choiceOf(offer);
    if (choice) return onWritten(await tasks.decide({ number, stepToken, choice, comment, sendBackTo }));
    const step = offer === '回覧確認' || offer === '異議' ? noticeOf(asked, offer) : '';
    onWritten(await tasks.act({ action: actionOf(offer), number, stepToken, step, to: to.trim(), comment }));
  };
  return (
    <ActForm
      action={strings.approve.offers[offer]}
      help={strings.approve.help[offer]}
      commentRequired={needsComment(offer)}
      carryOut={carryOut}
      onCancel={onCancel}
    >
      {offer === '差戻し' && <SendBackTo opened={opened} value={sendBackTo} onChange={setSendBackTo} />}
      {offer === '振替' && (
        <Field label={strings.approve.handOverTo} required>
          <Input type="email" value={to} onChange={(_, data) => setTo(data.value)} />
        </Field>
      )}
    </ActForm>
  );
}

/** The applicant, or a step that was passed, as far as the definition allows. */
function SendBackTo(props: { opened: Opened; value: string; onChange(key: string): void }): React.ReactElement {
  const { strings, tasks } = useEnvironment();
  const targets = useLoaded<Target[]>(() => tasks.targets(props.opened));
  return (
    <Field label={strings.approve.sendBackTo}>
      <Select value={props.value} onChange={(_, data) => props.onChange(data.value)}>
        <option value="">{strings.approve.applicant}</option>
        {(targets.value ?? []).map((target) => (
          <option key={target.key} value={target.key}>
            {labelText(target.title, strings.language)}
          </option>
        ))}
      </Select>
    </Field>
  );
}
