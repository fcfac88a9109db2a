/** The page as one chunk: everything but SPFx itself. */
import * as React from 'react';
import * as ReactDom from 'react-dom';

import { Backend, type Get } from '../data/backend';
import type { Send } from '../data/send';
import { SharePointLists } from '../data/sharePoint';
import { App } from './App';
import type { Strings } from './strings';

export interface Surroundings {
  strings: Strings;
  send: Send;
  get: Get;
  /** The site's server-relative address. */
  site: string;
}

export function open(element: HTMLElement, around: Surroundings): void {
  const lists = new SharePointLists(around.send, around.site);
  const environment = { strings: around.strings, lists, backend: new Backend(around.get) };
  ReactDom.render(<App environment={environment} />, element);
}

export function close(element: HTMLElement): void {
  ReactDom.unmountComponentAtNode(element);
}
