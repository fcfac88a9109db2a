import * as React from 'react';
import { act, Simulate } from 'react-dom/test-utils';

import { ApprovePage } from '../../approve/ApprovePage';
import type { Get } from '../../data/backend';
import type { Item } from '../../data/rows';
import type { Reply, Send } from '../../data/send';
import { EnvironmentContext, environmentOf } from '../../page/environment';
import { press as pressIn } from '../../page/test/press';
import { stringsOf } from '../../page/test/stringsOf';
import { putUp, takeDown } from '../../page/test/upAndDown';

const DEFINITION = { title: { ja: '新規ユーザー登録', en: 'New user' }, form: { sections: [] } };
const NAMED: Item = {
  Id: 4,
  AuthorId: 5,
  PFKind: 'deputy',
  PFPayload: '{"ask":"delegate","to":"naoki.kiryu@contoso.example","workflows":["user-create"]}',
  PFStatus: 'CO',
  Created: '2020-01-01T00:00:00Z'
};
const FOREIGN: Item = { ...NAMED, Id: 3, AuthorId: 6, PFPayload: '{"ask":"delegate","to":"other@contoso.example"}' };

let host: HTMLElement;
let written: Item[];
/** What the service wrote into the row that was written. */
let answer: Item;

const send: Send = async ({ method, path, body }) => {
  const reply = (status: number, json: unknown): Reply => ({ status, header: () => undefined, json: async () => json });
  if (method === 'POST') {
    written.push(JSON.parse(body as string));
    return reply(201, { Id: 31 });
  }
  if (path.includes('currentuser')) return reply(200, { Id: 5 });
  if (path.includes('items(31)')) return reply(200, answer);
  if (path.includes("PFKind eq 'deputy'")) return reply(200, { value: [NAMED, FOREIGN] });
  if (path.includes('PFDefinitions')) {
    const body = JSON.stringify(DEFINITION);
    return reply(200, { value: [{ Title: 'user-create', PFKind: 'workflow', PFDefVersion: 1, PFBody: body }] });
  }
  if (path.includes('PFInbox') || path.includes("PFApplications'")) return reply(200, { value: [] });
  return reply(404, {});
};
const down: Get = () => Promise.reject(new Error('down'));

async function show(search: string, get: Get = down): Promise<void> {
  window.history.replaceState({}, '', `/${search}`);
  const around = { strings: stringsOf('ja-jp'), send, get, site: '/sites/flow', person: 'me' };
  await putUp(
    host,
    <EnvironmentContext.Provider value={environmentOf(around)}>
      <ApprovePage />
    </EnvironmentContext.Provider>
  );
}

const press = (name: string): Promise<void> => pressIn(host, name);

function field(type: string, at: number = 0): HTMLInputElement {
  return host.querySelectorAll<HTMLInputElement>(`input[type="${type}"]`)[at];
}

async function type(input: HTMLInputElement, value: string): Promise<void> {
  input.value = value;
  await act(async () => Simulate.change(input));
}

describe('代理設定', () => {
  beforeEach(() => {
    written = [];
    answer = { PFStatus: 'CO' };
    host = document.body.appendChild(document.createElement('div'));
  });

  afterEach(async () => {
    await takeDown(host);
    window.history.replaceState({}, '', '/');
  });

  it('shows my deputies and lets me end one while the backend is down (W17)', async () => {
    await show('');
    await press('代理設定');
    expect(host.textContent).toContain('naoki.kiryu@contoso.example');
    expect(host.textContent).not.toContain('other@contoso.example');
    expect(host.textContent).toContain('代理中');
    expect(host.textContent).toContain('今は表示できません');
    await press('代理を終了');
    expect(JSON.parse(written[0].PFPayload as string)).toEqual({ ask: 'end', row: 4 });
    expect(written[0]).toMatchObject({ PFKind: 'deputy', Title: '代理の終了' });
    expect(host.textContent).toContain('登録しました。');
  });

  it('is filled in by the link of a mail, and named only by a press (W17)', async () => {
    await show('?deputies=&to=naoki.kiryu%40contoso.example&from=2027-08-10&until=2027-08-14');
    expect(field('email').value).toBe('naoki.kiryu@contoso.example');
    expect(written).toEqual([]);
    await press('この内容で設定');
    expect(JSON.parse(written[0].PFPayload as string)).toMatchObject({
      ask: 'delegate',
      to: 'naoki.kiryu@contoso.example',
      from: new Date(2027, 7, 10).toISOString(),
      until: new Date(2027, 7, 15).toISOString()
    });
  });

  it('asks for what is missing or the wrong way round, and tells why the service did not take it', async () => {
    await show('?deputies');
    await press('この内容で設定');
    expect(host.textContent).toContain('代理者のメールアドレスを入力してください。');
    await type(field('email'), 'me@contoso.example');
    await type(field('date', 0), '2027-08-10');
    await type(field('date', 1), '2027-08-09');
    await press('この内容で設定');
    expect(host.textContent).toContain('終了日は開始日以降にしてください。');
    expect(written).toEqual([]);
    answer = { PFIssues: '[{"code":"own_deputy"}]' };
    await type(field('date', 1), '2027-08-11');
    await press('この内容で設定');
    expect(host.textContent).toContain('自分自身を代理者にはできません。');
  });

  it('names those for whom I stand in, as the backend knows them (W17)', async () => {
    const get: Get = async (path) =>
      path.includes('deputies')
        ? { mine: [], standIn: [{ row: null, name: '長谷川 隆', from: '2020-01-01T00:00:00Z', workflows: ['user-create'] }] }
        : { items: [], next: null };
    await show('?deputies', get);
    expect(host.textContent).toContain('長谷川 隆');
    expect(host.textContent).toContain('新規ユーザー登録');
    expect(host.textContent).toContain('代理者は設定されていません。');
  });

  it('chooses one mail a day (W30)', async () => {
    await show('?deputies');
    const daily = host.querySelector<HTMLInputElement>('input[type="radio"][value="daily"]')!;
    daily.checked = true;
    await act(async () => Simulate.change(daily));
    await press('メールの設定を保存');
    expect(written[0]).toMatchObject({ PFKind: 'mails', PFPayload: '{"mails":"daily"}' });
  });
});
