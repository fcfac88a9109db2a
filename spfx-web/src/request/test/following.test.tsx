import * as React from 'react';
import { act, Simulate } from 'react-dom/test-utils';

import type { Item } from '../../data/rows';
import type { Call, Send } from '../../data/send';
import { openChecker } from '../../forms/door';
import { EnvironmentContext, environmentOf } from '../../page/environment';
import { press as pressIn } from '../../page/test/press';
import { stringsOf } from '../../page/test/stringsOf';
import { putUp, takeDown } from '../../page/test/upAndDown';
import { App } from '../App';

const SITE = 'https://contoso.sharepoint.com/sites/flow';
const ME = 'mai.noguchi@contoso.com';
const text = (key: string, ja: string): object => ({ key, label: { ja, en: key }, input: { type: 'text' } });
const BODY = {
  title: { ja: '利用者の作成', en: 'New user' },
  form: {
    sections: [{ key: 's', title: { ja: '対象者', en: 'Person' }, fields: [
      text('post', '役職'),
      { ...text('upnLocal', 'ユーザー名'), availability: 'upn', input: { type: 'text', rule: { name: 'upnLocal' } } },
      { key: 'start', label: { ja: '開始日', en: 'Start' }, required: true, input: { type: 'date' } }
    ] }]
  },
  applyFor: 'deputies'
};
const SEALED = { post: '主任', upnLocal: 'hana', start: '2020-01-01' };
const APPLIED = { AuthorId: 5, PFKind: 'application', PFApplicantAction: '申請', PFWorkflow: 'user-create', PFDefVersion: 1 };

/** What stands in the lists; writes are kept beside. */
let rows: Item[];
let items: Item[];
let calls: Call[];
let asked: string[];
let host: HTMLElement;
let body: object;

const send: Send = async (call) => {
  calls.push(call);
  const { path } = call;
  const answer = (): unknown => {
    if (path.includes('currentuser')) return { Id: 5 };
    if (path.includes('PFDefinitions')) {
      return { value: [{ Title: 'user-create', PFKind: 'workflow', PFDefVersion: 1, PFBody: JSON.stringify(body) }] };
    }
    const [, list, id] = /Lists%2F(\w+)'\)\/items(?:\((\d+)\))?/.exec(path) ?? [];
    if (list === 'PFApplications2') return undefined;
    const all = list === 'PFInbox' ? rows : items;
    return id ? (all.find((item) => item.Id === Number(id)) ?? { Id: Number(id), PFPayload: '{}' }) : { value: all };
  };
  const found = call.method === 'GET' ? answer() : { Id: 99 };
  return { status: found ? 200 : 404, header: () => '"g,1"', json: async () => found };
};

function row(id: number, status: string, more: Item = {}): Item {
  const url = `${SITE}/Lists/PFApplications/DispForm.aspx?ID=${id}`;
  const payload = JSON.stringify({ ...SEALED, post: '担当' });
  return { Id: id, Title: `申請 ${id}`, PFNumber: `USR-${id}`, PFStatus: status, PFApplicationUrl: url, PFPayload: payload, ...APPLIED, ...more };
}

function item(id: number, status: string): Item {
  return { Id: id, Title: `申請 ${id}`, PFNumber: `USR-${id}`, PFStatus: status, PFWorkflow: 'user-create', PFPayload: JSON.stringify(SEALED) };
}

async function show(): Promise<void> {
  const get = (path: string): Promise<unknown> => {
    asked.push(path);
    return Promise.reject(new Error('down'));
  };
  const around = { strings: stringsOf('ja-jp'), send, get, site: '/sites/flow', person: '', applicant: { upn: ME } };
  await openChecker(BODY.form as never, {}, '2026-11-26');
  await putUp(
    host,
    <EnvironmentContext.Provider value={environmentOf(around)}>
      <App />
    </EnvironmentContext.Provider>
  );
}

const press = (name: string): Promise<void> => pressIn(host, name);

/** Lets what was started come to an end. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 5; turn++) await act(async () => new Promise((resolve) => setTimeout(resolve, 0)));
}

async function open(): Promise<void> {
  await show();
  await press('自分の申請');
  await settle();
  await press('詳細');
  await settle();
}

function input(key: string): HTMLInputElement {
  return host.querySelector(`#pf-field-${key}`) as HTMLInputElement;
}

function type(key: string, value: string): void {
  act(() => {
    input(key).value = value;
    Simulate.change(input(key));
  });
}

function choose(label: string, value: string): void {
  const select = Array.from(host.querySelectorAll('select')).find((one) => one.closest('.fui-Field')?.textContent?.includes(label));
  act(() => {
    select!.value = value;
    Simulate.change(select as HTMLSelectElement);
  });
}

function written(): Item[] {
  return calls.filter((call) => call.method === 'POST').map((call) => JSON.parse(call.body as string) as Item);
}

describe('what follows an application', () => {
  beforeEach(() => {
    [rows, items, calls, asked] = [[], [], [], []];
    body = BODY;
    host = document.body.appendChild(document.createElement('div'));
    Element.prototype.scrollIntoView = () => undefined;
  });

  afterEach(() => takeDown(host));

  it('f14 a completed application is undone by a row that names it, after one more question', async () => {
    [rows, items] = [[row(1, 'CO')], [item(1, 'CO')]];
    await open();
    await press('取消申請');
    expect(written()).toEqual([]);
    expect(host.textContent).toContain('USR-1 が行った変更を実行前の状態に戻す');
    await press('取消申請を実行');
    await settle();
    expect(written()).toEqual([
      {
        PFKind: 'application', Title: '取消申請 USR-1', PFWorkflow: 'user-create', PFDefVersion: 1, PFPayload: '{}',
        PFApplyFor: null, PFOriginal: 'USR-1', PFLink: '取消申請', PFApplicantAction: '申請'
      }
    ]);
    expect(host.textContent).toContain('取消申請を出しました');
  });

  it('f14 an amendment begins with the sealed form and is applied for with its original, whatever its name', async () => {
    [rows, items] = [[row(1, 'CO')], [item(1, 'CO')]];
    await open();
    await press('変更申請');
    await settle();
    expect([input('post').value, input('start').value]).toEqual(['主任', '2020-01-01']);
    type('post', '係長');
    await press('申請');
    await settle();
    const last = written().pop();
    expect(last).toMatchObject({ PFOriginal: 'USR-1', PFLink: '変更申請', PFApplicantAction: '申請' });
    expect(JSON.parse(last?.PFPayload as string)).toMatchObject({ post: '係長', upnLocal: 'hana' });
    expect(asked.filter((path) => path.includes('availability'))).toEqual([]);
  });

  it('x03 a renewal asks the day and what its definition names, and nothing else of the form', async () => {
    body = { ...BODY, execution: { plan: {}, end: { field: 'start', renewal: ['post'] } } };
    [rows, items] = [[row(1, 'CO')], [{ ...item(1, 'CO'), PFExpiresAt: '2099-03-31T14:59:59Z' }]];
    await open();
    expect(host.textContent).toContain('有効期限');
    expect(host.textContent).not.toContain('変更申請');
    await press('更新申請');
    await settle();
    expect(host.textContent).toContain('USR-1 の更新申請です');
    expect([input('post').value, input('start').value, input('upnLocal')]).toEqual(['', '', null]);
    await press('申請');
    expect(document.activeElement).toBe(input('start'));
    type('start', '2099-06-30');
    await press('申請');
    await settle();
    const last = written().pop();
    expect(last).toMatchObject({ PFOriginal: 'USR-1', PFLink: '更新申請', PFApplicantAction: '申請' });
    expect(JSON.parse(last?.PFPayload as string)).toEqual({ start: '2099-06-30' });
  });

  it('f9 a copy is a new application without dates that have passed, which are named and asked', async () => {
    [rows, items] = [[row(1, 'RJ')], [item(1, 'RJ')]];
    await open();
    expect(host.textContent).not.toContain('変更申請');
    await press('コピーして新規申請');
    await settle();
    expect([input('post').value, input('start').value]).toEqual(['主任', '']);
    expect(host.textContent).toContain('過ぎた日付は空にしました。必要なら入力してください: 開始日');
    expect(host.textContent).toContain('コピー元の日付は過ぎています。');
    await press('申請');
    expect(document.activeElement).toBe(input('start'));
    type('start', '2099-04-01');
    await press('申請');
    await settle();
    expect(written()[0]).toMatchObject({ PFKind: 'application', PFOriginal: null, PFLink: null });
    expect(JSON.parse(written()[0].PFPayload as string)).toEqual({ ...SEALED, start: '2099-04-01' });
  });

  it.each([
    ['an application of rows', { ...BODY, execution: { plan: { rows: 'people' } } }, {}],
    ['what undid another', BODY, { PFOriginal: 'USR-9', PFLink: '取消申請' }],
    ['what was not carried out', BODY, { PFStatus: 'RJ' }],
    ['what renewed another', BODY, { PFOriginal: 'USR-9', PFLink: '更新申請' }]
  ])('f14 nothing follows %s', async (_, definition, more) => {
    body = definition;
    rows = [row(1, 'CO', more)];
    await open();
    const names = Array.from(host.querySelectorAll('button')).map((one) => one.textContent);
    expect(names.filter((name) => name === '取消申請' || name === '変更申請')).toEqual([]);
    expect(names).toContain('一覧に戻る');
  });

  it('shows beside a form that came back what was said about it, and hands it in again', async () => {
    rows = [row(1, 'SB', { PFApplicantAction: null, PFPayload: JSON.stringify({ ...SEALED, start: '2099-04-01' }) })];
    items = [{ ...item(1, 'SB'), PFHistory: '西川 由美: 差戻し 役職を直してください' }];
    await open();
    await press('編集');
    await settle();
    expect(host.textContent).toContain('役職を直してください');
    type('post', '係長');
    await press('再申請');
    await settle();
    expect(written().pop()).toMatchObject({ PFApplicantAction: '申請' });
    expect(JSON.parse(written().pop()?.PFPayload as string)).toMatchObject({ post: '係長', start: '2099-04-01' });
  });

  it('f14 an undoing that came back has no form: it says why and is handed in again', async () => {
    const why = JSON.stringify([{ code: 'not_applicable', field: 'PFOriginal', args: {} }]);
    rows = [row(2, 'SB', { PFApplicantAction: null, PFNumber: null, PFOriginal: 'USR-1', PFLink: '取消申請', PFIssues: why })];
    await open();
    expect(host.textContent).toContain('取消・変更できる申請ではありません');
    expect(host.textContent).not.toContain('編集');
    await press('再申請');
    await press('再申請を実行');
    expect(written()).toEqual([{ PFApplicantAction: '申請' }]);
  });

  it('f11 somebody else is named as the applicant, and nobody else is asked for a name', async () => {
    await show();
    await press('申請する');
    await settle();
    const begin = Array.from(host.querySelectorAll('li button')).pop() as HTMLElement;
    await act(async () => Simulate.click(begin));
    await settle();
    type('start', '2099-04-01');
    choose('だれの申請ですか', 'other');
    await press('申請');
    expect(document.activeElement).toBe(input('PFApplyFor'));
    expect(written()).toEqual([]);
    type('PFApplyFor', 'kenji.osawa@contoso.com');
    await press('申請');
    await settle();
    expect(written().pop()).toMatchObject({ PFApplyFor: 'kenji.osawa@contoso.com', PFApplicantAction: '申請' });
  });

  it('f11 who wrote the row for another is told who withdraws, and may apply again', async () => {
    rows = [row(3, 'IA', { PFApplyFor: 'kenji.osawa@contoso.com' })];
    await open();
    expect(host.textContent).toContain('引戻しと取下げは、申請者の kenji.osawa@contoso.com さんが行います。');
    expect(Array.from(host.querySelectorAll('button')).map((one) => one.textContent)).not.toContain('取下げ');
  });

  it('f11 the applicant finds what somebody else applied for him, and withdraws it', async () => {
    items = [item(4, 'IA')];
    await open();
    expect(host.textContent).toContain('USR-4');
    await press('取下げ');
    await press('取下げを実行');
    expect(written()).toMatchObject([{ PFKind: 'act', PFNumber: 'USR-4', PFApplicantAction: '取下げ' }]);
  });

  it('f11 the applicant corrects what somebody else applied for him: the act carries the whole form', async () => {
    items = [{ ...item(4, 'SB'), PFHistory: '西川 由美: 差戻し 役職を直してください', PFPayload: JSON.stringify({ ...SEALED, start: '2099-04-01' }) }];
    await open();
    await press('編集');
    await settle();
    expect(host.textContent).toContain('あなたを申請者とする USR-4 を修正して、再申請します。');
    expect(host.textContent).toContain('役職を直してください');
    const names = Array.from(host.querySelectorAll('button')).map((one) => one.textContent);
    expect([names.includes('下書き保存'), host.textContent?.includes('添付ファイルはありません')]).toEqual([false, false]);
    type('post', '');
    type('start', '');
    await press('再申請');
    expect(document.activeElement).toBe(input('start'));
    expect(written()).toEqual([]);
    type('post', '係長');
    type('start', '2099-05-01');
    await press('再申請');
    await settle();
    expect(written()).toMatchObject([{ PFKind: 'act', PFNumber: 'USR-4', PFApplicantAction: '再申請' }]);
    expect(JSON.parse(written()[0].PFPayload as string)).toEqual({ post: '係長', upnLocal: 'hana', start: '2099-05-01' });
    expect(host.textContent).toContain('申請しました。');
  });

  it('f11 a form that is larger than an act is sent back to whoever wrote it', async () => {
    items = [{ ...item(4, 'SB'), PFPayload: '{"people":{"table":"利用者.csv","rows":900}}' }];
    await open();
    expect(host.textContent).toContain('起票者に再申請を依頼してください。');
    expect(Array.from(host.querySelectorAll('button')).map((one) => one.textContent)).not.toContain('編集');
  });
});
