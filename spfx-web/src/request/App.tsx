import { FluentProvider, Tab, TabList, webLightTheme } from '@fluentui/react-components';
import * as React from 'react';

import type { Catalogue as Definitions, Row, Workflow } from '../data/model';
import { Catalogue } from './Catalogue';
import { EnvironmentContext, useEnvironment, type Environment } from './environment';
import { FormPage } from './form/FormPage';
import { MinePage } from './mine/MinePage';
import { useStyles } from './styles';
import { useLoaded } from './useLoaded';
import { Waiting } from './Waiting';

const THEME = {
  ...webLightTheme,
  fontFamilyBase: "'Segoe UI', 'Yu Gothic UI', 'Meiryo', 'Hiragino Sans', 'Noto Sans CJK JP', sans-serif"
};

type Place = { at: 'catalogue' } | { at: 'mine'; applied: boolean } | { at: 'form'; workflow: Workflow; row?: Row };

export function App(props: { environment: Environment }): React.ReactElement {
  return (
    <EnvironmentContext.Provider value={props.environment}>
      <FluentProvider theme={THEME}>
        <Page />
      </FluentProvider>
    </EnvironmentContext.Provider>
  );
}

/** A classic page is one large form: Enter in a field must not send it. */
function keepEnter(event: React.KeyboardEvent): void {
  if (event.key === 'Enter' && event.target instanceof HTMLInputElement) event.preventDefault();
}

function Page(): React.ReactElement {
  const { strings, lists } = useEnvironment();
  const styles = useStyles();
  const [place, setPlace] = React.useState<Place>({ at: 'catalogue' });
  const catalogue = useLoaded(() => lists.catalogue());
  const tab = place.at === 'mine' ? 'mine' : 'apply';
  return (
    <div className={styles.page} lang={strings.language} onKeyDown={keepEnter}>
      <TabList
        selectedValue={tab}
        onTabSelect={(_, data) =>
          setPlace(data.value === 'mine' ? { at: 'mine', applied: false } : { at: 'catalogue' })
        }
      >
        <Tab type="button" value="apply">
          {strings.tabs.apply}
        </Tab>
        <Tab type="button" value="mine">
          {strings.tabs.mine}
        </Tab>
      </TabList>
      {catalogue.value ? (
        <Content place={place} definitions={catalogue.value} onGo={setPlace} />
      ) : (
        <Waiting failed={catalogue.failed} onRetry={catalogue.reload} />
      )}
    </div>
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
