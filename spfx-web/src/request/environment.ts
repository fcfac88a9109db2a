import * as React from 'react';

import type { Backend } from '../data/backend';
import type { SharePointLists } from '../data/sharePoint';
import type { Strings } from './strings';

/** What every part of the page may need; made at the edge, where SPFx is known. */
export interface Environment {
  strings: Strings;
  lists: SharePointLists;
  backend: Backend;
}

export const EnvironmentContext = React.createContext<Environment | undefined>(undefined);

export function useEnvironment(): Environment {
  const environment = React.useContext(EnvironmentContext);
  if (!environment) throw new Error('no environment around this component');
  return environment;
}
