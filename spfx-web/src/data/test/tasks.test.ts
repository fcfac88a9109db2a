import { changesOf } from '../changes';
import type { Listed } from '../model';
import type { Call, Send } from '../send';
import { TaskLists } from '../taskLists';
import { editableOf, openedOf, outcomeOf, targetsOf, taskOf, waiting } from '../tasks';

const ITEM = {
  Id: 7,
  Title: '新規ユーザー登録 hana.takahashi',
  PFNumber: 'USR-2026-00001',
  PFStatus: 'IA',
  PFStepNo: 2,
  PFStepToken: 't',
  PFAssigneesId: [12, 13],
  PFApplicant: { Title: '森田 圭' },
  PFSummary: '姓: 高橋\n申請理由: 比率は 1: 2 です',
  PFPreview: 'アカウント: （なし） → hana@contoso.com\n役職: 担当 → 主任',
  AttachmentFiles: [{ FileName: 'badge.txt', ServerRelativeUrl: '/sites/flow/Lists/PFApplications/Attachments/7/badge.txt' }]
};

describe('the planned changes', () => {
  it('w33 are told thing by thing, by what is there before and after', () => {
    expect(
      changesOf([
        'アカウント: （なし） → hana@contoso.com',
        '役職: 担当 → 主任',
        'ライセンス: E3 → （なし）',
        'Manager: (none) → a → b: c'
      ])
    ).toEqual([
      { kind: 'created', what: 'アカウント', before: '', after: 'hana@contoso.com' },
      { kind: 'changed', what: '役職', before: '担当', after: '主任' },
      { kind: 'removed', what: 'ライセンス', before: 'E3', after: '' },
      { kind: 'created', what: 'Manager', before: '', after: 'a → b: c' }
    ]);
  });

  it('are never left out for being of another shape', () => {
    expect(changesOf(['パスワードを再発行'])).toEqual([
      { kind: 'other', what: 'パスワードを再発行', before: '', after: '' }
    ]);
  });
});

describe('a task', () => {
  it('is read from its item', () => {
    const opened = openedOf('PFApplications2', ITEM);
    expect(opened).toMatchObject({ form: { list: 'PFApplications2', item: 7 }, applicant: '森田 圭', assignees: [12, 13] });
    expect(opened.summary).toEqual([
      ['姓', '高橋'],
      ['申請理由', '比率は 1: 2 です']
    ]);
    expect(opened.changes.map((change) => change.kind)).toEqual(['created', 'changed']);
    expect(opened.files[0].url).toContain('/Attachments/7/badge.txt');
  });

  it('shows no line of a value as a fact of its own', () => {
    const summary = '姓: 高橋\r\n\u3000\u3000ユーザー名: admin\nユーザー名: hana';
    expect(openedOf('PFApplications', { ...ITEM, PFSummary: summary }).summary).toEqual([
      ['姓', '高橋\nユーザー名: admin'],
      ['ユーザー名', 'hana']
    ]);
  });

  it('waits as the backend says, where it says anything', () => {
    const tasks = [taskOf('PFApplications', ITEM), taskOf('PFApplications', { ...ITEM, PFNumber: 'USR-2' })];
    const listed = ['USR-2', 'USR-3'].map((number) => ({ number, status: 'IA' }) as Listed);
    const ownReturned = { number: 'USR-4', status: 'SB' } as Listed;
    expect(waiting(tasks)).toEqual({ tasks, others: [] });
    expect(waiting(tasks, [...listed, ownReturned])).toEqual({ tasks: [tasks[1]], others: [listed[1]] });
  });

  it('may go back to the steps that its definition allows', () => {
    const approval = (sendBack?: string): object => ({ approval: { sendBack } });
    const step = (key: string, kind: object): object => ({ key, title: { ja: key, en: key }, kind });
    const seen = step('seen', { circulation: {} });
    const steps = [step('a', approval('applicant')), seen, step('b', approval()), step('c', approval('applicant'))];
    const body = JSON.stringify({ steps });
    expect(targetsOf(body, 1)).toEqual([]);
    expect(targetsOf(body, 2)).toEqual([]);
    expect(targetsOf(body, 3).map((target) => target.key)).toEqual(['a']);
    expect(targetsOf(body, 4)).toEqual([]);
    expect(targetsOf('{', 2)).toEqual([]);
  });
});

describe('what a step lets be changed', () => {
  const field = (key: string): object => ({ key, label: { ja: key, en: key }, input: { type: 'text' } });
  const form = { sections: [{ key: 's', title: { ja: 's', en: 's' }, fields: [field('post'), field('name')] }] };
  const step = (editable?: string[]): object => ({ key: 'a', kind: { approval: { editable } } });
  const body = JSON.stringify({ form, steps: [step(['name', 'post', 'gone']), step(), { key: 'c', kind: { circulation: {} } }] });

  it('f12 are the fields that its form has, in the order of the form', () => {
    expect(editableOf(body, 1)).toEqual({ form, keys: ['post', 'name'] });
  });

  it.each([[2], [3], [4]])('f12 is nothing where step %s names none', (stepNo) => {
    expect(editableOf(body, stepNo)).toBeUndefined();
  });

  it('f12 is nothing where the definition is not shown', () => {
    expect(['', '{', JSON.stringify({ steps: [step(['post'])] })].map((one) => editableOf(one, 1))).toEqual([undefined, undefined, undefined]);
  });
});

describe('a decision', () => {
  let calls: Call[];
  const lists = (answers: Record<string, unknown>): TaskLists => {
    const send: Send = async (call) => {
      calls.push(call);
      const found = Object.keys(answers).find((part) => call.path.includes(part));
      return { status: found ? 200 : 404, header: () => undefined, json: async () => found && answers[found] };
    };
    return new TaskLists(send, '/sites/flow');
  };

  beforeEach(() => {
    calls = [];
  });

  it('is a row of the inbox that carries what was seen', async () => {
    const written = { number: 'USR-1', stepToken: 't', choice: '差戻し' as const, comment: 'c', sendBackTo: 'manager' };
    expect(await lists({ PFInbox: { Id: 31 } }).decide(written)).toBe(31);
    expect(JSON.parse(calls[0].body as string)).toEqual({
      Title: '判断 USR-1',
      PFKind: 'act',
      PFNumber: 'USR-1',
      PFStepToken: 't',
      PFApplicantAction: '判断',
      PFDecision: '差戻し',
      PFDecisionComment: 'c',
      PFSendBackTo: 'manager'
    });
  });

  it('f12 that corrects is a row with the changed fields alone', async () => {
    const correction = { number: 'USR-1', stepToken: 't', changes: { post: '主任', start: undefined }, comment: '' };
    expect(await lists({ PFInbox: { Id: 32 } }).correct(correction)).toBe(32);
    expect(JSON.parse(calls[0].body as string)).toMatchObject({
      PFKind: 'act',
      PFApplicantAction: '修正',
      PFStepToken: 't',
      PFPayload: '{"post":"主任","start":null}'
    });
  });

  it('says in its row what became of it', () => {
    expect(outcomeOf({ PFStatus: null, PFIssues: null })).toEqual({ kind: 'waiting' });
    expect(outcomeOf({ PFStatus: 'IA' })).toEqual({ kind: 'recorded', status: 'IA' });
    expect(outcomeOf({ PFIssues: '[{"code":"stale_step"}]' })).toEqual({ kind: 'notCounted', code: 'stale_step' });
  });

  it('is asked in every list there is, and only of whom it concerns', async () => {
    const found = await lists({
      "PFApplications2'": { value: [{ ...ITEM, Id: 1 }] },
      "PFApplications'": { value: [ITEM, { ...ITEM, PFAssigneesId: [99] }] }
    }).open(12);
    expect(found.map((task) => task.form)).toEqual([
      { list: 'PFApplications', item: 7 },
      { list: 'PFApplications2', item: 1 }
    ]);
    expect(calls).toHaveLength(3);
  });
});
