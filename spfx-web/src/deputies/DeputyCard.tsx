import { Badge, Button } from '@fluentui/react-components';
import * as React from 'react';

import type { Deputyship, Standing } from '../data/deputies';
import type { Workflow } from '../data/model';
import { useEnvironment } from '../page/environment';
import { useStyles } from '../page/styles';
import { labelText } from '../page/words';
import { periodText } from './periodText';

const COLORS: Record<Standing, 'success' | 'informative' | 'subtle' | 'danger'> = {
  now: 'success',
  coming: 'informative',
  asked: 'informative',
  over: 'subtle',
  refused: 'danger'
};

export interface DeputyCardProps {
  ship: Deputyship;
  workflows: Workflow[];
  /** Absent: the person cannot end it. */
  onEnd?(): Promise<void>;
}

/** One deputyship: who, when, where, and how it stands. */
export function DeputyCard({ ship, workflows, onEnd }: DeputyCardProps): React.ReactElement {
  const { strings } = useEnvironment();
  const styles = useStyles();
  const words = strings.deputies;
  const nameId = `pf-deputy-${ship.row}-${ship.person}`;
  const [busy, setBusy] = React.useState(false);
  const [failed, setFailed] = React.useState(false);
  const end = async (): Promise<void> => {
    setBusy(true);
    setFailed(false);
    try {
      await onEnd?.();
    } catch (reason) {
      console.error(`Provisioning Flow: ${String(reason)}`);
      setFailed(true);
      setBusy(false);
    }
  };
  const running = ship.standing === 'now' || ship.standing === 'coming';
  return (
    <li className={styles.card}>
      <div className={styles.grow}>
        <div className={styles.row}>
          <strong id={nameId}>{ship.person}</strong>
          <Badge appearance="tint" color={COLORS[ship.standing]}>
            {words.standings[ship.standing]}
          </Badge>
        </div>
        <p className={styles.muted}>{periodText(ship, words, strings.language)}</p>
        <p className={styles.muted}>{scope(ship, workflows, words.all, strings.language)}</p>
        {ship.standing === 'refused' && <p role="alert">{words.refusals[ship.code] ?? words.refusalUnknown}</p>}
        {failed && <p role="alert">{strings.failed}</p>}
      </div>
      {onEnd && running && ship.row > 0 && (
        <Button type="button" disabled={busy} aria-describedby={nameId} onClick={end}>
          {words.end}
        </Button>
      )}
    </li>
  );
}

function scope(ship: Deputyship, workflows: Workflow[], all: string, language: 'ja' | 'en'): string {
  if (ship.workflows.length === 0) return all;
  const title = (key: string): string => {
    const known = workflows.find((workflow) => workflow.key === key);
    return known ? labelText(known.title, language) : key;
  };
  return ship.workflows.map(title).join(', ');
}
