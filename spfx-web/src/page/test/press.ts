import { act, Simulate } from 'react-dom/test-utils';

/** Clicks the button of this text or label within the host. */
export async function press(host: HTMLElement, name: string): Promise<void> {
  const buttons = Array.from(host.querySelectorAll('button'));
  const button = buttons.find((one) => one.getAttribute('aria-label') === name || one.textContent === name);
  if (!button) throw new Error(`no button ${name}: ${host.textContent}`);
  await act(async () => Simulate.click(button));
}
