import { Button, mergeClasses } from '@fluentui/react-components';
import * as React from 'react';

import { wishOfLink } from '../data/deputies';
import { DeputiesPage } from '../deputies/DeputiesPage';
import { useEnvironment } from '../page/environment';
import { useStyles } from '../page/styles';
import { TasksPage } from './TasksPage';

/** What waits for the person, and who decides in his place. A link of a mail chooses the page, and nothing more. */
export function ApprovePage(): React.ReactElement {
  const { strings } = useEnvironment();
  const styles = useStyles();
  const [wish] = React.useState(() => wishOfLink(window.location.search));
  const [deputies, setDeputies] = React.useState(wish !== undefined);
  const tab = (text: string, current: boolean, onClick: () => void): React.ReactElement => (
    <Button
      type="button"
      appearance="subtle"
      className={mergeClasses(styles.tab, current && styles.currentTab)}
      aria-current={current ? 'page' : undefined}
      onClick={onClick}
    >
      {text}
    </Button>
  );
  return (
    <>
      <nav className={styles.row} aria-label={strings.approve.title}>
        {tab(strings.approve.title, !deputies, () => setDeputies(false))}
        {tab(strings.deputies.title, deputies, () => setDeputies(true))}
      </nav>
      {deputies ? <DeputiesPage wish={wish} /> : <TasksPage />}
    </>
  );
}
