import * as React from 'react';
import { act, Simulate } from 'react-dom/test-utils';

import type { Get } from '../../data/backend';
import type { Catalogue } from '../../data/model';
import type { Item } from '../../data/rows';
import type { Send } from '../../data/send';
import { EnvironmentContext, environmentOf } from '../../page/environment';
import { MinePage } from '../mine/MinePage';
import { stringsOf } from '../../page/test/stringsOf';
import { putUp, takeDown } from '../../page/test/upAndDown';
import { momentText } from '../../page/words';

const SITE = 'https://contoso.sharepoint.com/sites/flow';
const label = (ja: string): { ja: string; en: string } => ({ ja, en: ja });
const DEFINITIONS: Catalogue = {
  workflows: [{ key: 'user-create', version: 1, title: label('利用者の作成'), form: { sections: [] } }],
  masters: {},
  broken: []
};
const APPLIED = { AuthorId: 5, PFApplicantAction: '申請', PFWorkflow: 'user-create', PFPayload: '{}' };
const ROWS: Item[] = [
  row(3, 'IA', '新しい申請', 'PFApplications2/DispForm.aspx?ID=1'),
  row(2, 'CO', 'まとめた申請', 'PFApplications/DispForm.aspx?ID=2')
];
const ATTACHED = '/sites/flow/Lists/PFApplications2/Attachments/1/見積 #1.html';
const ITEMS: Record<string, Item> = {
  'PFApplications2/1': {
    Id: 1, PFNumber: 'USR-3', PFStatus: 'IA', PFStepName: '上長承認', PFHistory: '受け付けました',
    AttachmentFiles: [{ FileName: '見積 #1.html', ServerRelativeUrl: ATTACHED }]
  }
};
const APPROVED = { Id: 2, PFNumber: 'USR-2', PFStatus: 'AP', PFScheduledAt: '2027-03-31T15:00:00Z' };
const DETAILS: Record<string, object> = {
  'USR-1': { number: 'USR-1', state: 'RJ', updatedAt: '', history: [{ name: 'rejected', at: '', comment: '枠なし' }] },
  'USR-2': { number: 'USR-2', state: 'CO', updatedAt: '', history: [{ name: 'completed', at: '' }] }
};
const LISTED = ['USR-3', 'USR-2', 'USR-1'].map((number) => ({
  number,
  workflow: 'user-create',
  state: number === 'USR-3' ? 'IA' : number === 'USR-2' ? 'CO' : 'RJ',
  updatedAt: ''
}));

function row(id: number, status: string, title: string, form: string): Item {
  const url = `${SITE}/Lists/${form}`;
  return { Id: id, Title: title, PFNumber: `USR-${id}`, PFStatus: status, PFApplicationUrl: url, ...APPLIED };
}

const sends = (items: Record<string, Item>): Send => async ({ path }) => {
  const [, list, item] = /Lists%2F(\w+)'\)\/items(?:\((\d+)\))?/.exec(path) ?? [];
  const found = path.includes('currentuser') ? { Id: 5 } : item ? items[`${list}/${item}`] : { value: ROWS };
  return { status: found ? 200 : 404, header: () => undefined, json: async () => found };
};

const up: Get = async (path) => {
  const number = /applications\/([^/]+)$/.exec(path)?.[1];
  const answer = number ? DETAILS[number] : path.includes('?') ? { items: LISTED } : undefined;
  if (!answer) throw new Error('404');
  return answer;
};
const down: Get = () => Promise.reject(new Error('down'));
const silent: Get = () => new Promise(() => undefined);

let host: HTMLElement;

async function show(get: Get, items = ITEMS): Promise<void> {
  const send = sends(items);
  const environment = environmentOf({ strings: stringsOf('ja-jp'), send, get, site: '/sites/flow', person: '' });
  await putUp(
    host,
    <EnvironmentContext.Provider value={environment}>
      <MinePage definitions={DEFINITIONS} applied={false} onForm={() => undefined} />
    </EnvironmentContext.Provider>
  );
}

function shown(): string[] {
  return Array.from(host.querySelectorAll('li')).map((item) => item.textContent ?? '');
}

async function open(at: number): Promise<void> {
  const button = host.querySelectorAll('li')[at].querySelector('button');
  await act(async () => Simulate.click(button as HTMLButtonElement));
}

describe("the person's applications", () => {
  beforeEach(() => {
    host = document.body.appendChild(document.createElement('div'));
  });

  afterEach(() => takeDown(host));

  it.each([
    ['away', down],
    ['silent', silent]
  ])('show with their states while the backend is %s', async (_, get) => {
    await show(get);
    expect(shown()).toEqual(['新しい申請USR-3承認中詳細', 'まとめた申請USR-2完了詳細']);
  });

  it('include those that no row shows, behind the rows', async () => {
    await show(up);
    expect(shown()[2]).toBe('利用者の作成USR-1却下詳細');
    expect(shown()).toHaveLength(3);
    await open(2);
    expect(host.textContent).toContain('却下 枠なし');
  });

  it('open from a later list while the backend is silent, and can be withdrawn', async () => {
    await show(silent);
    await open(0);
    expect(host.textContent).toContain('上長承認');
    expect(host.textContent).toContain('受け付けました');
    expect(host.textContent).toContain('取下げ');
  });

  it('x02 say until when an approved one waits', async () => {
    await show(silent, { 'PFApplications/2': APPROVED });
    await open(1);
    const fact = Array.from(host.querySelectorAll('dt')).find((name) => name.textContent === '実行予定');
    expect(fact?.nextElementSibling?.textContent).toBe(momentText('2027-03-31T15:00:00Z', 'ja'));
  });

  it('show the files of an application as downloads that SharePoint serves', async () => {
    await show(silent);
    await open(0);
    const link = host.querySelector('a[download]');
    expect(link?.getAttribute('download')).toBe('見積 #1.html');
    expect(link?.getAttribute('href')).toMatch(/^\/sites\/flow\/.*%20%231\.html$/);
  });

  it('open from the backend where the list shows them no longer', async () => {
    await show(up);
    await open(1);
    expect(host.textContent).toContain('まとめた申請');
    expect(host.querySelector('ol')?.textContent).toBe('完了');
    expect(host.textContent).not.toContain('承認の状況を読み込めませんでした');
  });

  it('say so where nobody shows more than the row', async () => {
    await show(down);
    await open(1);
    expect(host.textContent).toContain('承認の状況を読み込めませんでした');
    expect(host.textContent).toContain('USR-2');
  });
});
