import * as React from 'react';
import { act, Simulate } from 'react-dom/test-utils';

import type { Get } from '../../data/backend';
import type { Workflow } from '../../data/model';
import type { Call, Send } from '../../data/send';
import { openChecker } from '../../forms/door';
import type { Field } from '../../forms/model';
import { EnvironmentContext, environmentOf } from '../../page/environment';
import { FormPage } from '../form/FormPage';
import { press as pressIn } from '../../page/test/press';
import { stringsOf } from '../../page/test/stringsOf';
import { putUp, takeDown } from '../../page/test/upAndDown';

const label = (ja: string): Field['label'] => ({ ja, en: ja });
const FIELDS: Field[] = [
  { key: 'name', label: label('表示名'), input: { type: 'text' } },
  { key: 'no', label: label('社員番号'), required: true, input: { type: 'text', rule: { name: 'digits', length: 6 } } }
];
const FORM = { sections: [{ key: 's', title: label('対象者'), fields: FIELDS }] };
const WORKFLOW: Workflow = { key: 'user-create', version: 1, title: label('利用者の作成'), form: FORM };

let host: HTMLElement;
let calls: Call[];

/** The inbox, as far as one draft needs it. */
const send: Send = async (call) => {
  calls.push(call);
  const body = { Id: 1, PFPayload: '{"no":"123456"}' };
  return { status: call.method === 'GET' ? 200 : 204, header: () => '"g,1"', json: async () => body };
};

async function show(onApplied: () => void): Promise<void> {
  const get: Get = () => Promise.reject(new Error('down'));
  const around = { strings: stringsOf('ja-jp'), send, get, site: '/sites/flow', person: '' };
  // The module is there before the page is: the test does not wait for a chunk.
  await openChecker(FORM, {}, '2026-11-24');
  await putUp(
    host,
    <EnvironmentContext.Provider value={environmentOf(around)}>
      <FormPage workflow={WORKFLOW} masters={{}} onBack={() => undefined} onApplied={onApplied} />
    </EnvironmentContext.Provider>
  );
}

function field(key: string): HTMLInputElement {
  return host.querySelector(`#pf-field-${key}`) as HTMLInputElement;
}

function type(key: string, value: string): void {
  act(() => {
    field(key).value = value;
    Simulate.change(field(key));
  });
}

const press = (name: string): Promise<void> => pressIn(host, name);

describe('filling in a form', () => {
  beforeEach(() => {
    calls = [];
    host = document.body.appendChild(document.createElement('div'));
    Element.prototype.scrollIntoView = () => undefined;
  });

  afterEach(() => takeDown(host));

  it('tells what is wrong at the keystroke, and not before', async () => {
    await show(() => undefined);
    expect(host.textContent).not.toContain('6 桁');
    type('no', '12');
    expect(host.textContent).toContain('6 桁の数字で入力してください。');
    type('no', '123456');
    expect(host.textContent).not.toContain('6 桁');
  });

  it('does not apply while something is wrong, and leads to the first such field', async () => {
    await show(() => undefined);
    await press('申請');
    expect(document.activeElement).toBe(field('no'));
    expect(host.textContent).toContain('社員番号: 入力してください。');
    expect(calls).toEqual([]);
  });

  it('f8 applies with one write that says so, after the draft', async () => {
    let applied = false;
    await show(() => (applied = true));
    type('no', '１２３４５６');
    await press('申請');
    expect(applied).toBe(true);
    const written = calls.filter((call) => call.method === 'POST').map((call) => JSON.parse(call.body as string));
    expect(written).toMatchObject([
      { PFKind: 'application', PFWorkflow: 'user-create', PFPayload: '{"no":"123456"}' },
      { PFApplicantAction: '申請', PFPayload: '{"no":"123456"}' }
    ]);
    expect(calls.filter((call) => call.method === 'POST')[1].headers).toMatchObject({ 'IF-MATCH': '"g,1"' });
  });
});
