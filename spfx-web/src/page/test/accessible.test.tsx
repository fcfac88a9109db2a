import * as axe from 'axe-core';
import * as React from 'react';
import { act, Simulate } from 'react-dom/test-utils';

import { ApprovePage } from '../../approve/ApprovePage';
import { openChecker } from '../../forms/door';
import type { Schema } from '../../forms/model';
import { App } from '../../request/App';
import { environmentOf } from '../environment';
import { Frame } from '../Frame';
import { press as pressIn } from './press';
import { BODY, send } from './site';
import { stringsOf } from './stringsOf';
import { putUp, takeDown } from './upAndDown';

// Every page is read whole, which takes its time on a machine that is busy.
jest.setTimeout(300_000);

let host: HTMLElement;

async function settle(): Promise<void> {
  for (let turn = 0; turn < 6; turn++) await act(async () => new Promise((resolve) => setTimeout(resolve, 0)));
}

async function show(locale: string, page: React.ReactElement): Promise<void> {
  const get = (): Promise<unknown> => Promise.reject(new Error('down'));
  const around = { strings: stringsOf(locale), send, get, site: '/sites/flow', person: 'me', applicant: {} };
  await openChecker(BODY.form as Schema, {}, '2026-11-26');
  await putUp(host, <Frame environment={environmentOf(around)}>{page}</Frame>);
  await settle();
}

/** What the checker finds, in words. Contrast needs a browser that paints: see tests/clients/inspect.mjs. */
async function findings(): Promise<string[]> {
  const { violations } = await axe.run(host, {
    runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
    // A web part is a part of a page: whatever is said of whole pages is the page's.
    rules: { 'color-contrast': { enabled: false }, region: { enabled: false }, 'page-has-heading-one': { enabled: false } }
  });
  return violations.flatMap((found) => found.nodes.map((node) => `${found.id}: ${node.html.slice(0, 160)}`));
}

async function press(name: string): Promise<void> {
  await pressIn(host, name);
  await settle();
}

/** The nth button of this text; counted from the end below 0, for a tab may bear the same. */
async function pressAt(name: string, at: number): Promise<void> {
  const buttons = Array.from(host.querySelectorAll('button')).filter((one) => one.textContent === name);
  await act(async () => Simulate.click(buttons[at < 0 ? buttons.length + at : at]));
  await settle();
}

type Steps = ((strings: ReturnType<typeof stringsOf>) => Promise<void>)[];

/** Each step leads to one more page, which is then looked at. */
const REQUEST: Steps = [
  async () => undefined,
  (s) => pressAt(s.catalogue.choose, -1),
  (s) => press(s.rows.add),
  (s) => press(s.rows.import),
  (s) => pressAt(s.form.apply, -1),
  async (s) => {
    const select = host.querySelector('select') as HTMLSelectElement;
    select.value = 'other';
    await act(async () => Simulate.change(select));
    await pressAt(s.form.apply, -1);
  },
  (s) => press(s.tabs.mine),
  (s) => pressAt(s.mine.open, 0),
  (s) => press(s.follow.undo),
  (s) => press(s.acts.cancel),
  (s) => press(s.follow.copy),
  (s) => press(s.tabs.mine),
  (s) => pressAt(s.mine.open, 1),
  (s) => press(s.acts.withdraw)
];
const APPROVE: Steps = [
  async () => undefined,
  (s) => pressAt(s.approve.open, 0),
  (s) => press(s.approve.offers.差戻し),
  (s) => press(s.acts.confirm.replace('{action}', s.approve.offers.差戻し)),
  (s) => press(s.acts.cancel),
  (s) => press(s.approve.offers.修正),
  (s) => press(s.approve.correct.review),
  async (s) => {
    const name = host.querySelector('#pf-field-name') as HTMLInputElement;
    name.value = '';
    await act(async () => Simulate.change(name));
    await press(s.approve.correct.review);
    name.value = '佐藤';
    await act(async () => Simulate.change(name));
    const start = host.querySelector('#pf-field-start') as HTMLInputElement;
    start.value = '2099-04-01';
    await act(async () => Simulate.change(start));
    await press(s.approve.correct.review);
  },
  (s) => press(s.deputies.title),
  (s) => press(s.deputies.write)
];
const PARTS: [string, string, React.ReactElement, Steps][] = ['ja-jp', 'en-us'].flatMap((locale) => [
  ['Request', locale, <App key="request" />, REQUEST],
  ['Approve', locale, <ApprovePage key="approve" />, APPROVE]
]);

function controls(): HTMLElement[] {
  return Array.from(host.querySelectorAll<HTMLElement>('button, input, select, textarea, a[href], [tabindex]'));
}

describe('every page of the web parts', () => {
  beforeEach(() => {
    host = document.body.appendChild(document.createElement('div'));
    Element.prototype.scrollIntoView = () => undefined;
  });

  afterEach(() => takeDown(host));

  it.each(PARTS)('f17 is accessible (%s, %s)', async (_, locale, page, steps) => {
    const strings = stringsOf(locale);
    await show(locale, page);
    for (const [at, step] of steps.entries()) {
      await step(strings);
      expect([at, await findings()]).toEqual([at, []]);
      // Nobody reaches a control out of the order in which it is read.
      expect(controls().filter((one) => one.tabIndex > 0)).toEqual([]);
    }
  });

  it('f17 is found faultless by a checker that finds the faults of a page that is not', async () => {
    host.innerHTML = '<input><button></button><ul><p>x</p></ul>';
    expect((await findings()).map((one) => one.split(':')[0]).sort()).toEqual(['button-name', 'label', 'list']);
  });

  it('f17 takes the focus along where the button that was pressed is gone', async () => {
    const strings = stringsOf('ja-jp');
    await show('ja-jp', <App />);
    expect(document.activeElement).toBe(document.body);
    await pressAt(strings.catalogue.choose, -1);
    expect(document.activeElement?.textContent).toBe('利用者の作成');
    await press(strings.back);
    expect(document.activeElement?.textContent).toBe(strings.catalogue.title);
    await press(strings.tabs.mine);
    await pressAt(strings.mine.open, 0);
    expect(document.activeElement?.textContent).toBe('申請 1');
    await press(strings.follow.undo);
    expect(document.activeElement?.textContent).toBe('取消申請を実行');
    await press(strings.acts.cancel);
    await press(strings.back);
    expect(document.activeElement?.textContent).toBe(strings.mine.title);
  });

  it('f17 tells of a mistake at its field, aloud, and in the summary', async () => {
    const strings = stringsOf('ja-jp');
    await show('ja-jp', <App />);
    await pressAt(strings.catalogue.choose, -1);
    await pressAt(strings.form.apply, -1);
    const name = host.querySelector('#pf-field-name') as HTMLElement;
    expect(document.activeElement).toBe(name);
    expect(name.getAttribute('aria-invalid')).toBe('true');
    const told = (name.getAttribute('aria-describedby') ?? '').split(' ').map((id) => document.getElementById(id));
    expect(told.map((one) => one?.textContent).join(' ')).toContain(strings.issues.required);
    expect(host.querySelector('[role="alert"]')).not.toBeNull();
    const summary = Array.from(host.querySelectorAll('[role="alert"]')).map((one) => one.textContent).join(' ');
    expect(summary).toContain('次の項目を確認してください（2 件）');
  });
});
