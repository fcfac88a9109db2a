import { FluentProvider, webLightTheme } from '@fluentui/react-components';
import * as React from 'react';
import * as ReactDom from 'react-dom';

import { EnvironmentContext, environmentOf, useEnvironment, type Environment, type Surroundings } from './environment';
import { useStyles } from './styles';

const THEME = {
  ...webLightTheme,
  fontFamilyBase: "'Segoe UI', 'Yu Gothic UI', 'Meiryo', 'Hiragino Sans', 'Noto Sans CJK JP', sans-serif"
};

/** Around everything that a web part shows. */
export function Frame(props: React.PropsWithChildren<{ environment: Environment }>): React.ReactElement {
  return (
    <EnvironmentContext.Provider value={props.environment}>
      <FluentProvider theme={THEME}>
        <Sheet>{props.children}</Sheet>
      </FluentProvider>
    </EnvironmentContext.Provider>
  );
}

/** A classic page is one large form: Enter in a field must not send it. */
function keepEnter(event: React.KeyboardEvent): void {
  if (event.key === 'Enter' && event.target instanceof HTMLInputElement) event.preventDefault();
}

function Sheet(props: React.PropsWithChildren<{}>): React.ReactElement {
  const { strings } = useEnvironment();
  return (
    <div className={useStyles().page} lang={strings.language} onKeyDown={keepEnter}>
      {props.children}
    </div>
  );
}

/** Shows `content` in an element of the page. */
export function show(element: HTMLElement, around: Surroundings, content: React.ReactElement): void {
  ReactDom.render(<Frame environment={environmentOf(around)}>{content}</Frame>, element);
}

export function close(element: HTMLElement): void {
  ReactDom.unmountComponentAtNode(element);
}
