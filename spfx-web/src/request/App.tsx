import { Button, mergeClasses } from '@fluentui/react-components';
import * as React from 'react';

import type { Catalogue as Definitions, Row, Workflow } from '../data/model';
import { Catalogue } from './Catalogue';
import { useEnvironment } from '../page/environment';
import { FormPage } from './form/FormPage';
import { MinePage } from './mine/MinePage';
import { useStyles } from '../page/styles';
import { useLoaded } from '../page/useLoaded';
import { Waiting } from '../page/Waiting';

type Place = { at: 'catalogue' } | { at: 'mine'; applied: boolean } | { at: 'form'; workflow: Workflow; row?: Row };

export function App(): React.ReactElement {
  const { strings, lists } = useEnvironment();
  const styles = useStyles();
  const [place, setPlace] = React.useState<Place>({ at: 'catalogue' });
  const catalogue = useLoaded(() => lists.catalogue());
  const mine = place.at === 'mine';
  return (
    <>
      <nav className={styles.row}>
        <Tab text={strings.tabs.apply} current={!mine} onClick={() => setPlace({ at: 'catalogue' })} />
        <Tab text={strings.tabs.mine} current={mine} onClick={() => setPlace({ at: 'mine', applied: false })} />
      </nav>
      {catalogue.value ? (
        <Content place={place} definitions={catalogue.value} onGo={setPlace} />
      ) : (
        <Waiting failed={catalogue.failed} onRetry={catalogue.reload} />
      )}
    </>
  );
}

function Tab(props: { text: string; current: boolean; onClick(): void }): React.ReactElement {
  const styles = useStyles();
  return (
    <Button
      type="button"
      appearance="subtle"
      className={mergeClasses(styles.tab, props.current && styles.currentTab)}
      aria-current={props.current ? 'page' : undefined}
      onClick={props.onClick}
    >
      {props.text}
    </Button>
  );
}

function Content(props: { place: Place; definitions: Definitions; onGo(place: Place): void }): React.ReactElement {
  const { place, definitions, onGo } = props;
  switch (place.at) {
    case 'catalogue':
      return <Catalogue definitions={definitions} onChoose={(workflow) => onGo({ at: 'form', workflow })} />;
    case 'form':
      return (
        <FormPage
          key={`${place.workflow.key} ${place.row?.id ?? ''}`}
          workflow={place.workflow}
          masters={definitions.masters}
          row={place.row}
          onBack={() => onGo(place.row ? { at: 'mine', applied: false } : { at: 'catalogue' })}
          onApplied={() => onGo({ at: 'mine', applied: true })}
        />
      );
    case 'mine':
      return (
        <MinePage
          definitions={definitions}
          applied={place.applied}
          onEdit={(workflow, row) => onGo({ at: 'form', workflow, row })}
        />
      );
  }
}
