import * as React from 'react';
import * as ReactDom from 'react-dom';
import { act } from 'react-dom/test-utils';

import type { Get } from '../../data/backend';
import type { Item } from '../../data/rows';
import type { Reply, Send } from '../../data/send';
import { EnvironmentContext, environmentOf } from '../../page/environment';
import { press as pressIn } from '../../page/test/press';
import { stringsOf } from '../../page/test/stringsOf';
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
  PFHistory: '上長が承認: よろしく'
};
const approval = { approval: {} };
const DEFINITION = {
  steps: [{ key: 'manager', title: { ja: '上長承認', en: 'Manager' }, kind: approval }, { key: 'it', kind: approval }]
};

let host: HTMLElement;
let written: Item[];
/** What the service wrote into the decision's row. */
let answer: Item;

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
  if (!path.includes("PFApplications'")) return reply(404, {});
  return reply(200, path.includes('items(7)') ? ITEM : { value: [ITEM] });
};
const down: Get = () => Promise.reject(new Error('down'));

async function show(get: Get = down): Promise<void> {
  const around = { strings: stringsOf('ja-jp'), send, get, site: '/sites/flow', person: 'me' };
  await act(async () => {
    ReactDom.render(
      <EnvironmentContext.Provider value={environmentOf(around)}>
        <TasksPage />
      </EnvironmentContext.Provider>,
      host
    );
  });
}

const press = (name: string): Promise<void> => pressIn(host, name);

describe('what waits for a decision', () => {
  beforeEach(() => {
    written = [];
    answer = { PFStatus: 'AP' };
    host = document.body.appendChild(document.createElement('div'));
  });

  afterEach(() => {
    ReactDom.unmountComponentAtNode(host);
    host.remove();
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

  it('waits no longer once the backend knows that it is decided', async () => {
    await show(async () => ({ items: [], next: null }));
    expect(host.textContent).toContain('判断を待っている申請はありません。');
  });
});
