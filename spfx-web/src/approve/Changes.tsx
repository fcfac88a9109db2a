import { Badge, makeStyles, tokens } from '@fluentui/react-components';
import * as React from 'react';

import type { Change, Kind } from '../data/changes';
import { useEnvironment } from '../page/environment';
import { useStyles } from '../page/styles';

const COLORS: Record<Kind, 'success' | 'warning' | 'danger' | 'informative'> = {
  created: 'success',
  changed: 'warning',
  removed: 'danger',
  other: 'informative'
};

const useOwnStyles = makeStyles({
  row: {
    display: 'grid',
    gridTemplateColumns: '56px minmax(120px, 1fr) 2fr',
    gap: '4px 12px',
    alignItems: 'baseline',
    padding: '8px 0',
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
    '@media (max-width: 480px)': { gridTemplateColumns: '56px 1fr' }
  },
  values: {
    display: 'flex',
    flexWrap: 'wrap',
    gap: '0 8px',
    '@media (max-width: 480px)': { gridColumn: '2' }
  },
  before: { color: tokens.colorNeutralForeground2, textDecoration: 'line-through' },
  after: { fontWeight: tokens.fontWeightSemibold, textDecoration: 'none' },
  nothing: { color: tokens.colorNeutralForeground2 }
});

/** What an approval leads to, thing by thing: what is there now, and what will be. */
export function Changes(props: { changes: Change[] }): React.ReactElement {
  const { strings } = useEnvironment();
  const styles = useStyles();
  if (props.changes.length === 0) return <p className={styles.muted}>{strings.approve.noChanges}</p>;
  return (
    <ul className={styles.list}>
      {props.changes.map((change, at) => (
        // Two lines may be equal, and the order never changes.
        <ChangeRow key={at} change={change} />
      ))}
    </ul>
  );
}

function ChangeRow({ change }: { change: Change }): React.ReactElement {
  const { approve } = useEnvironment().strings;
  const own = useOwnStyles();
  return (
    <li className={own.row}>
      <Badge appearance="tint" color={COLORS[change.kind]}>
        {approve.kinds[change.kind]}
      </Badge>
      <span>{change.what}</span>
      {change.kind !== 'other' && (
        <span className={own.values}>
          {change.before ? (
            <del className={own.before}>{change.before}</del>
          ) : (
            <span className={own.nothing}>{approve.nothing}</span>
          )}
          <span aria-label={approve.becomes} role="img">
            →
          </span>
          {change.after ? (
            <ins className={own.after}>{change.after}</ins>
          ) : (
            <span className={own.nothing}>{approve.nothing}</span>
          )}
        </span>
      )}
    </li>
  );
}
