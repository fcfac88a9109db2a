import * as React from 'react';

import type { Wish } from '../data/deputies';
import { useEnvironment } from '../page/environment';
import { useStyles } from '../page/styles';
import { useLoaded } from '../page/useLoaded';
import { Waiting } from '../page/Waiting';
import { Asked } from './Asked';
import { DeputyCard } from './DeputyCard';
import { DeputyForm } from './DeputyForm';
import { MailChoice } from './MailChoice';
import { useDeputies } from './useDeputies';

/** 代理設定: the person's deputies, for whom he stands in, and how he wants his mails. */
export function DeputiesPage({ wish }: { wish?: Wish }): React.ReactElement {
  const { strings, settings, lists } = useEnvironment();
  const styles = useStyles();
  const words = strings.deputies;
  const [row, setRow] = React.useState<number>();
  const found = useDeputies();
  const catalogue = useLoaded(() => lists.catalogue());
  const titles = catalogue.value?.workflows ?? [];
  if (!found.value) return <Waiting failed={found.failed} onRetry={found.reload} />;
  const done = (): void => {
    setRow(undefined);
    found.reload();
  };
  const { mine, standIn, mails } = found.value;
  return (
    <div className={styles.stack}>
      <h2 className={styles.heading}>{words.title}</h2>
      {row !== undefined && <Asked key={row} row={row} onDone={done} />}
      <section className={styles.section} aria-label={words.mine}>
        <h3 className={styles.subheading}>{words.mine}</h3>
        {mine.length === 0 && <p className={styles.muted}>{words.nobody}</p>}
        <ul className={styles.list}>
          {mine.map((ship, at) => (
            <DeputyCard
              key={`${ship.row} ${at}`}
              ship={ship}
              workflows={titles}
              onEnd={async () => setRow(await settings.end(words.endTitle, ship.row))}
            />
          ))}
        </ul>
      </section>
      <DeputyForm workflows={titles} wish={wish} onWrite={async (asked) => setRow(await settings.name(words.title, asked))} />
      <section className={styles.section} aria-label={words.standIn}>
        <h3 className={styles.subheading}>{words.standIn}</h3>
        {!standIn && <p className={styles.muted}>{words.standInUnknown}</p>}
        {standIn?.length === 0 && <p className={styles.muted}>{words.standInNobody}</p>}
        <ul className={styles.list}>
          {(standIn ?? []).map((ship, at) => (
            <DeputyCard key={`${ship.person} ${at}`} ship={ship} workflows={titles} />
          ))}
        </ul>
      </section>
      <MailChoice mails={mails} onWrite={async (chosen) => setRow(await settings.choose(words.mails.title, chosen))} />
    </div>
  );
}
