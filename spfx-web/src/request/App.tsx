import { Button, mergeClasses } from '@fluentui/react-components';
import * as React from 'react';

import type { Catalogue as Definitions, Workflow } from '../data/model';
import { Catalogue } from './Catalogue';
import { useEnvironment } from '../page/environment';
import type { Beginning } from './form/beginning';
import { FormPage } from './form/FormPage';
import { MinePage } from './mine/MinePage';
import { useStyles } from '../page/styles';
import { useLoaded } from '../page/useLoaded';
import { Waiting } from '../page/Waiting';

type Place =
  | { at: 'catalogue'; returned: boolean }
  | { at: 'mine'; applied: boolean }
  | { at: 'form'; workflow: Workflow; begin?: Beginning };

export function App(): React.ReactElement {
  const { strings, lists } = useEnvironment();
  const styles = useStyles();
  const [place, setPlace] = React.useState<Place>({ at: 'catalogue', returned: false });
  const catalogue = useLoaded(() => lists.catalogue());
  const mine = place.at === 'mine';
  return (
    <>
      <nav className={styles.row} aria-label={strings.tabs.apply}>
        <Tab text={strings.tabs.apply} current={!mine} onClick={() => setPlace({ at: 'catalogue', returned: false })} />
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
      return (
        <Catalogue
          definitions={definitions}
          quiet={!place.returned}
          onChoose={(workflow) => onGo({ at: 'form', workflow })}
        />
      );
    case 'form':
      return (
        <FormPage
          key={`${place.workflow.key} ${place.begin?.row?.id ?? ''}`}
          workflow={place.workflow}
          masters={definitions.masters}
          begin={place.begin}
          onBack={() => onGo(place.begin ? { at: 'mine', applied: false } : { at: 'catalogue', returned: true })}
          onApplied={() => onGo({ at: 'mine', applied: true })}
        />
      );
    case 'mine':
      return (
        <MinePage
          definitions={definitions}
          applied={place.applied}
          onForm={(workflow, begin) => onGo({ at: 'form', workflow, begin })}
        />
      );
  }
}
