import { tokens } from '@fluentui/react-components';
import * as React from 'react';

import type { NameKind } from '../../forms/model';
import { useEnvironment } from '../../page/environment';
import type { Strings } from '../../page/strings';
import { useStyles } from '../../page/styles';
import { dayText, fill } from '../../page/words';
import { useAvailability, type Answer } from './useAvailability';

const COLORS = {
  muted: tokens.colorNeutralForeground2,
  good: tokens.colorStatusSuccessForeground1,
  warning: tokens.colorStatusWarningForeground1,
  bad: tokens.colorStatusDangerForeground1
};

/** Whether a name is free. It advises; it never stops anybody. */
export function AvailabilityNote(props: { kind: NameKind; name: string | undefined }): React.ReactElement {
  const { strings } = useEnvironment();
  const styles = useStyles();
  const answer = useAvailability(props.kind, props.name);
  return (
    <p className={styles.muted} style={{ color: COLORS[toneOf(answer)] }} role="status">
      {answerText(strings, answer)}
    </p>
  );
}

function toneOf(answer: Answer): keyof typeof COLORS {
  if (typeof answer === 'string') return 'muted';
  if (!answer.available) return 'bad';
  return answer.reason ? 'warning' : 'good';
}

function answerText(strings: Strings, answer: Answer): string {
  const words = strings.availability;
  if (answer === 'unasked') return '';
  if (typeof answer === 'string') return words[answer];
  const until = dayText(answer.restorableUntil ?? '', strings.language);
  switch (answer.reason) {
    case 'taken':
      return words.taken;
    case 'asked':
      return answer.application ? fill(words.askedBy, { number: answer.application }) : words.asked;
    case 'deleted':
      if (answer.available) return fill(until ? words.restorable : words.restorableSome, { until });
      return fill(until ? words.deleted : words.deletedSome, { until });
    default:
      return answer.available ? words.free : words.taken;
  }
}
