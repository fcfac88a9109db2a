import * as React from 'react';
import { act, Simulate } from 'react-dom/test-utils';

import type { Workflow } from '../../data/model';
import type { Call, Send } from '../../data/send';
import { openChecker } from '../../forms/door';
import type { Field, Values } from '../../forms/model';
import { EnvironmentContext, environmentOf } from '../../page/environment';
import { press as pressIn } from '../../page/test/press';
import { stringsOf } from '../../page/test/stringsOf';
import { putUp, takeDown } from '../../page/test/upAndDown';
import { FormPage } from '../form/FormPage';

const label = (ja: string): Field['label'] => ({ ja, en: ja });
const ROW: Field[] = [
  { key: 'name', label: label('氏名'), required: true, input: { type: 'text' } },
  { key: 'kind', label: label('区分'), default: '"staff"', input: { type: 'choice', options: [
    { value: 'staff', label: label('社員') },
    { value: 'guest', label: label('ゲスト'), when: 'guests = "yes"' }
  ] } },
  { key: 'until', label: label('期限'), visibleWhen: 'row.kind = "guest"', input: { type: 'date' } },
  { key: 'host', label: label('受入担当'), requiredWhen: 'row.kind = "guest"', input: { type: 'text' } }
];
const FIELDS: Field[] = [
  { key: 'guests', label: label('ゲストを含む'), help: label('含むなら yes'), default: '"no"', input: { type: 'text' } },
  { key: 'people', label: label('対象者'), required: true, input: { type: 'rows', maxRows: 1000, fields: ROW } }
];
const FORM = { sections: [{ key: 's', title: label('対象者'), fields: FIELDS }] };
const WORKFLOW: Workflow = { key: 'bulk', version: 1, title: label('一括'), form: FORM };

let host: HTMLElement;
let calls: Call[];

const send: Send = async (call) => {
  calls.push(call);
  return { status: call.method === 'GET' ? 200 : 204, header: () => '"g,1"', json: async () => ({ Id: 1, PFPayload: '{}' }) };
};

async function show(): Promise<void> {
  const get = (): Promise<unknown> => Promise.reject(new Error('down'));
  const around = { strings: stringsOf('ja-jp'), send, get, site: '/sites/flow', person: '' };
  await openChecker(FORM, {}, '2026-11-24');
  await putUp(
    host,
    <EnvironmentContext.Provider value={environmentOf(around)}>
      <FormPage workflow={WORKFLOW} masters={{}} onBack={() => undefined} onApplied={() => undefined} />
    </EnvironmentContext.Provider>
  );
}

function element<T extends HTMLElement>(id: string): T {
  return host.querySelector(`#pf-field-${id}`) as T;
}

function type(id: string, value: string): void {
  act(() => {
    element<HTMLInputElement>(id).value = value;
    Simulate.change(element(id));
  });
}

const press = (name: string): Promise<void> => pressIn(host, name);

function saved(): Values {
  const written = calls.filter((call) => call.method === 'POST').map((call) => JSON.parse(call.body as string));
  return JSON.parse(written[0].PFPayload as string) as Values;
}

describe('repeating rows', () => {
  beforeEach(() => {
    calls = [];
    host = document.body.appendChild(document.createElement('div'));
    Element.prototype.scrollIntoView = () => undefined;
  });

  afterEach(() => takeDown(host));

  it('f6 begin with their defaults, and are added, copied, changed and removed', async () => {
    await show();
    expect(element<HTMLInputElement>('guests').value).toBe('no');
    await press('行を追加');
    expect(element<HTMLSelectElement>('people-0-kind').value).toBe('staff');
    type('people-0-name', '青木');
    await press('1 行目を複写');
    type('people-1-name', '石田');
    await press('行を追加');
    await press('3 行目を削除');
    await press('下書き保存');
    expect(saved().people).toEqual([
      { name: '青木', kind: 'staff' },
      { name: '石田', kind: 'staff' }
    ]);
  });

  it('f6 ask and offer what other answers say, at the keystroke', async () => {
    await show();
    await press('行を追加');
    const offered = (): string[] => Array.from(element<HTMLSelectElement>('people-0-kind').options).map((one) => one.value);
    expect(offered()).toEqual(['', 'staff']);
    type('guests', 'yes');
    expect(offered()).toEqual(['', 'staff', 'guest']);
    expect(element('people-0-until')).toBeNull();
    type('people-0-kind', 'guest');
    expect(element('people-0-until')).not.toBeNull();
    expect(host.textContent).toContain('含むなら yes');
  });

  it('f6 mark what must be answered: the column, and in a row what its other answers ask for', async () => {
    await show();
    type('guests', 'yes');
    await press('行を追加');
    await press('1 行目を複写');
    const heading = Array.from(host.querySelectorAll('th')).map((one) => one.textContent);
    expect(heading).toEqual(['行', '操作', '氏名 *', '区分', '期限', '受入担当']);
    const cells = (row: number): (string | null)[] =>
      Array.from(host.querySelectorAll('tbody tr')[row].querySelectorAll('td')).slice(2).map((one) => one.textContent);
    expect(element<HTMLInputElement>('people-1-host').required).toBe(false);
    type('people-1-kind', 'guest');
    expect([cells(0), cells(1)]).toEqual([['*', '社員', '', ''], ['*', 'ゲスト', '', '*']]);
    expect(element<HTMLInputElement>('people-1-host').required).toBe(true);
    type('people-1-host', '森田');
    expect(cells(1)[3]).toBe('森田');
  });

  it('f6 lead from a mistake to its row', async () => {
    await show();
    await press('行を追加');
    type('people-0-name', '青木');
    await press('行を追加');
    await press('2 行目を編集');
    expect(element('people-1-name')).toBeNull();
    await press('申請');
    await act(async () => new Promise((resolve) => setTimeout(resolve, 0)));
    expect(document.activeElement).toBe(element('people-1-name'));
    expect(host.textContent).toContain('2 行目 氏名');
    expect(calls).toEqual([]);
  });
});
