import * as React from 'react';

import { Backend, type Get } from '../data/backend';
import type { Send } from '../data/send';
import { SettingRows } from '../data/settingRows';
import { SharePointLists } from '../data/sharePoint';
import { TaskLists } from '../data/taskLists';
import type { Applicant } from '../forms/door';
import type { Strings } from './strings';

/** What SPFx's edge gives to a page. */
export interface Surroundings {
  strings: Strings;
  send: Send;
  get: Get;
  /** The site's server-relative address. */
  site: string;
  /** Object id of the signed-in person; empty where the page does not know it. */
  person: string;
  /** What the page knows of whoever applies; the defaults of forms ask it. */
  applicant?: Applicant;
}

/** What every part of a page may need. */
export interface Environment {
  strings: Strings;
  lists: SharePointLists;
  tasks: TaskLists;
  settings: SettingRows;
  backend: Backend;
  person: string;
  applicant?: Applicant;
}

export function environmentOf({ strings, send, get, site, person, applicant }: Surroundings): Environment {
  return {
    strings,
    lists: new SharePointLists(send, site),
    tasks: new TaskLists(send, site),
    settings: new SettingRows(send, site),
    backend: new Backend(get),
    person,
    applicant
  };
}

export const EnvironmentContext = React.createContext<Environment | undefined>(undefined);

export function useEnvironment(): Environment {
  const environment = React.useContext(EnvironmentContext);
  if (!environment) throw new Error('no environment around this component');
  return environment;
}
