import * as ReactDom from 'react-dom';
import { act } from 'react-dom/test-utils';
import type { ReactElement } from 'react';

/** Puts the page up in the host, and lets what it does at once be done. */
export async function putUp(host: HTMLElement, page: ReactElement): Promise<void> {
  await act(async () => {
    ReactDom.render(page, host);
  });
}

/** Takes the page down with all that it still had to do: what runs after the test finds no document. */
export async function takeDown(host: HTMLElement): Promise<void> {
  await act(async () => {
    ReactDom.unmountComponentAtNode(host);
  });
  host.remove();
}
