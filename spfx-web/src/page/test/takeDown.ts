import * as ReactDom from 'react-dom';
import { act } from 'react-dom/test-utils';

/** Takes the page down with all that it still had to do: what runs after the test finds no document. */
export async function takeDown(host: HTMLElement): Promise<void> {
  await act(async () => {
    ReactDom.unmountComponentAtNode(host);
  });
  host.remove();
}
