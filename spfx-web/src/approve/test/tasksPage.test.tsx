import * as React from 'react';
import { act, Simulate } from 'react-dom/test-utils';

import type { Get } from '../../data/backend';
import type { Item } from '../../data/rows';
import type { Reply, Send } from '../../data/send';
import { openChecker } from '../../forms/door';
import type { Schema } from '../../forms/model';
import { EnvironmentContext, environmentOf } from '../../page/environment';
import { press as pressIn } from '../../page/test/press';
import { stringsOf } from '../../page/test/stringsOf';
import { putUp, takeDown } from '../../page/test/upAndDown';
import { TasksPage } from '../TasksPage';

const ITEM: Item = {
  Id: 7,
  Title: '新規ユーザー登録 hana',
  PFNumber: 'USR-1',
  PFWorkflow: 'user-create',
  PFDefVersion: 1,
  PFStatus: 'IA',
  PFStepNo: 2,
  PFStepName: '合議',
  PFStepToken: 'seen',
  PFAssigneesId: [5],
  PFSummary: '姓: 高橋',
  PFPreview: '役職: 担当 → 主任',
  PFHistory: '上長が承認: よろしく',
  PFPayload: '{"name":"高橋という長い名前","post":"担当"}'
};
const approval = { approval: { editable: ['post'] } };
const text = (key: string, ja: string): object => ({ key, label: { ja, en: key }, required: true, input: { type: 'text', maxLength: 4 } });
const FORM = { sections: [{ key: 's', title: { ja: '対象者', en: 'Person' }, fields: [text('name', '氏名'), text('post', '役職')] }] };
const DEFINITION = {
  form: FORM,
  steps: [{ key: 'manager', title: { ja: '上長承認', en: 'Manager' }, kind: approval }, { key: 'it', kind: approval }]
};

let host: HTMLElement;
let written: Item[];
/** What the service wrote into the decision's row. */
let answer: Item;
let item: Item;
/** Whether items cannot be read. */
let away: boolean;

const send: Send = async ({ method, path, body }) => {
  const reply = (status: number, json: unknown): Reply => ({
    status,
    header: () => undefined,
    json: async () => json
  });
  if (method === 'POST') {
    written.push(JSON.parse(body as string));
    return reply(201, { Id: 31 });
  }
  if (path.includes('currentuser')) return reply(200, { Id: 5 });
  if (path.includes('PFInbox')) return reply(200, answer);
  if (path.includes('PFDefinitions')) {
    return reply(200, { value: [{ PFDefVersion: 1, PFBody: JSON.stringify(DEFINITION) }] });
  }
  if (away || !path.includes("PFApplications'")) return reply(404, {});
  return reply(200, path.includes('items(7)') ? item : { value: [item] });
};
const down: Get = () => Promise.reject(new Error('down'));

async function show(get: Get = down): Promise<void> {
  const around = { strings: stringsOf('ja-jp'), send, get, site: '/sites/flow', person: 'me' };
  await putUp(
    host,
    <EnvironmentContext.Provider value={environmentOf(around)}>
      <TasksPage />
    </EnvironmentContext.Provider>
  );
}

const press = (name: string): Promise<void> => pressIn(host, name);

describe('what waits for a decision', () => {
  beforeEach(() => {
    written = [];
    answer = { PFStatus: 'AP' };
    item = ITEM;
    away = false;
    Element.prototype.scrollIntoView = () => undefined;
    host = document.body.appendChild(document.createElement('div'));
  });

  afterEach(async () => {
    await takeDown(host);
    window.history.replaceState({}, '', '/');
  });

  it('w32 w33 is shown, reviewed and approved while the backend is down', async () => {
    await show();
    expect(host.querySelector('[aria-label="1 件"]')).toBeTruthy();
    await press('内容を見る');
    expect(host.querySelector('del')?.textContent).toBe('担当');
    expect(host.querySelector('ins')?.textContent).toBe('主任');
    expect(host.textContent).toContain('上長が承認: よろしく');
    await press('承認');
    await press('承認を実行');
    expect(written).toMatchObject([{ PFDecision: '承認', PFStepToken: 'seen', PFNumber: 'USR-1', PFSendBackTo: '' }]);
    expect(host.textContent).toContain('承認を記録しました。 現在の状態: 承認済（実行待ち）');
  });

  it('w30 is opened by the link of a mail, and sent back only with a reason', async () => {
    window.history.replaceState({}, '', '/?application=USR-1');
    await show();
    await press('差戻し');
    expect(Array.from(host.querySelectorAll('option')).map((option) => option.textContent)).toEqual(['申請者', '上長承認']);
    await press('差戻しを実行');
    expect(host.textContent).toContain('理由を入力してください。');
    expect(written).toEqual([]);
  });

  it('f12 is corrected where the step lets it be: judged at once, shown before it is sent, and sent alone', async () => {
    answer = { PFStatus: 'IA' };
    await openChecker(FORM as Schema, {}, '2026-11-26');
    await show();
    await press('内容を見る');
    await press('申請内容の修正');
    expect(host.querySelector('#pf-field-name')).toBeNull();
    await press('修正内容を確認');
    expect(host.textContent).toContain('まだ何も変更されていません。');
    const type = async (value: string): Promise<void> => {
      const input = host.querySelector('#pf-field-post') as HTMLInputElement;
      input.value = value;
      await act(async () => Simulate.change(input));
      await press('修正内容を確認');
    };
    await type('長すぎる役職');
    expect(host.textContent).toContain('4 文字以内で入力してください。');
    await type('主任');
    expect([host.querySelectorAll('del'), host.querySelectorAll('ins')].map((all) => all[all.length - 1].textContent)).toEqual(['担当', '主任']);
    await press('入力に戻る');
    expect((host.querySelector('#pf-field-post') as HTMLInputElement).value).toBe('主任');
    expect(written).toEqual([]);
    await press('修正内容を確認');
    await press('申請内容の修正を実行');
    expect(written).toMatchObject([{ PFApplicantAction: '修正', PFStepToken: 'seen', PFPayload: '{"post":"主任"}' }]);
    expect(host.textContent).toContain('申請内容の修正を記録しました。');
  });

  it('t21 is work by hand that cannot be done, which needs a reason', async () => {
    item = { ...ITEM, PFStatus: 'MW' };
    answer = { PFStatus: 'RV' };
    await show();
    await press('内容を見る');
    await press('作業不可');
    await press('作業不可を実行');
    expect(host.textContent).toContain('理由を入力してください。');
    const reason = host.querySelector('textarea') as HTMLTextAreaElement;
    reason.value = '機器がない';
    await act(async () => Simulate.change(reason));
    await press('作業不可を実行');
    expect(written).toMatchObject([{ PFApplicantAction: '作業不可', PFStepToken: 'seen', PFDecisionComment: '機器がない' }]);
    expect(host.textContent).toContain('作業不可を記録しました。 現在の状態: 要確認');
  });

  it('tells why a decision does not count', async () => {
    answer = { PFIssues: '[{"code":"stale_step"}]' };
    await show();
    await press('内容を見る');
    await press('承認');
    await press('承認を実行');
    expect(host.textContent).toContain('承認は数えられませんでした。画面を開いたあとで');
  });

  it('is shown to a reader, who says that he has read it', async () => {
    answer = { PFStatus: 'CO' };
    const told = { acts: ['acknowledge'], notices: [{ key: 'round', kind: 'circulation' }] };
    const listed = { number: 'USR-1', workflow: 'user-create', state: 'CO', updatedAt: '' };
    await show(async (path) => (path.includes('tasks') ? { items: [listed], next: null } : { state: 'CO', offers: told }));
    await press('内容を見る');
    expect(host.textContent).not.toContain('却下');
    await press('確認済みにする');
    await press('確認済みにするを実行');
    expect(written).toMatchObject([{ PFApplicantAction: '確認', PFActStep: 'round', PFNumber: 'USR-1' }]);
    expect(written[0].PFDecision).toBeUndefined();
  });

  it('is said to wait for others only once the backend has told, which may let him take his decision back', async () => {
    window.history.replaceState({}, '', '/?application=USR-1');
    item = { ...ITEM, PFAssigneesId: [6] };
    let tell: (standing: unknown) => void = () => undefined;
    const standing = new Promise((resolve) => (tell = resolve));
    await show(async (path) => (path.includes('tasks') ? { items: [], next: null } : standing));
    const said = 'いまあなたの判断を待っていません';
    expect(host.textContent).toContain('役職');
    expect(host.textContent).not.toContain(said);
    await act(async () => tell({ state: 'IA', steps: [], offers: { acts: ['takeBack'], notices: [] } }));
    expect(host.textContent).toContain(said);
    await press('判断の引戻し');
    await press('判断の引戻しを実行');
    expect(written).toMatchObject([{ PFApplicantAction: '判断の引戻し', PFNumber: 'USR-1' }]);
  });

  it('is told when it could not be read anew, beside what was read before', async () => {
    await show();
    await press('内容を見る');
    await press('承認');
    await press('承認を実行');
    away = true;
    await press('最新の内容を見る');
    expect(host.textContent).toContain(stringsOf('ja-jp').failed);
    away = false;
    item = { ...ITEM, PFStepToken: 'newer', PFAssigneesId: [6] };
    await press('再試行');
    expect(host.textContent).not.toContain(stringsOf('ja-jp').failed);
    expect(host.textContent).toContain('いまあなたの判断を待っていません');
  });

  it('waits no longer once the backend knows that it is decided', async () => {
    await show(async () => ({ items: [], next: null }));
    expect(host.textContent).toContain('判断を待っている申請はありません。');
  });
});
