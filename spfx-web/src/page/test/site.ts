/** A small site for tests of whole pages: lists that answer, and nothing that is kept. */
import type { Item } from '../../data/rows';
import type { Send } from '../../data/send';

const SITE = 'https://contoso.sharepoint.com/sites/flow';
const label = (ja: string, en: string): { ja: string; en: string } => ({ ja, en });
const CHOICES = [
  { value: 'a', label: label('営業部', 'Sales') },
  { value: 'b', label: label('人事部', 'Human Resources') }
];

/** One field of each kind. */
export const BODY = {
  title: label('利用者の作成', 'New user'),
  description: label('アカウントを作ります。', 'Makes an account.'),
  applyFor: 'deputies',
  form: {
    sections: [
      {
        key: 'person',
        title: label('利用者', 'Person'),
        help: label('氏名は戸籍の通りに。', 'The legal name.'),
        fields: [
          { key: 'name', label: label('氏名', 'Name'), help: label('姓と名', 'First and last'), required: true, input: { type: 'text' } },
          { key: 'reason', label: label('理由', 'Reason'), input: { type: 'lines' } },
          { key: 'start', label: label('開始日', 'Start'), required: true, input: { type: 'date' } },
          { key: 'seats', label: label('席', 'Seats'), input: { type: 'number', min: 1, max: 9 } },
          { key: 'unit', label: label('部署', 'Unit'), input: { type: 'choice', options: CHOICES } },
          { key: 'groups', label: label('グループ', 'Groups'), input: { type: 'choices', options: CHOICES } },
          { key: 'manager', label: label('上長', 'Manager'), input: { type: 'person' } },
          { key: 'friends', label: label('同僚', 'Colleagues'), input: { type: 'people' } }
        ]
      },
      {
        key: 'guests',
        title: label('ゲスト', 'Guests'),
        fields: [
          {
            key: 'guests',
            label: label('ゲスト', 'Guests'),
            input: { type: 'rows', fields: [{ key: 'who', label: label('氏名', 'Name'), required: true, input: { type: 'text' } }] }
          }
        ]
      }
    ]
  },
  steps: [
    { key: 'manager', title: label('上長承認', 'Manager'), kind: { approval: {} } },
    { key: 'it', title: label('合議', 'Consensus'), kind: { approval: { editable: ['name', 'start', 'unit', 'guests'] } } }
  ]
};

const ROW = { AuthorId: 5, PFKind: 'application', PFWorkflow: 'user-create', PFDefVersion: 1, PFPayload: '{"name":"高橋"}' };
const ROWS: Item[] = [
  { ...ROW, Id: 1, Title: '申請 1', PFNumber: 'USR-1', PFStatus: 'CO', PFApplicantAction: '申請', PFApplicationUrl: url(1) },
  { ...ROW, Id: 2, Title: '申請 2', PFNumber: 'USR-2', PFStatus: 'IA', PFApplicantAction: '申請', PFApplicationUrl: url(2) },
  { ...ROW, Id: 3, Title: '下書き', PFStatus: 'DR', AttachmentFiles: [{ FileName: '契約書.pdf' }] }
];
const ITEMS: Item[] = [item(1, 'CO'), item(2, 'IA')];
const DEPUTY: Item = { Id: 9, AuthorId: 5, PFStatus: 'CO', PFPayload: '{"ask":"delegate","to":"naoki@contoso.example"}', Created: '2020-01-01T00:00:00Z' };

function url(id: number): string {
  return `${SITE}/Lists/PFApplications/DispForm.aspx?ID=${id}`;
}

function item(id: number, status: string): Item {
  return {
    Id: id, Title: `申請 ${id}`, PFNumber: `USR-${id}`, PFWorkflow: 'user-create', PFDefVersion: 1, PFStatus: status,
    PFStepNo: 2, PFStepName: '合議', PFStepToken: 'seen', PFAssigneesId: [5], PFDueAt: '2026-12-01T00:00:00Z',
    PFApplicant: { Title: '岡本 拓也' }, PFSummary: '氏名: 高橋', PFPreview: '役職: 担当 → 主任\n部署: （なし） → 営業部',
    PFHistory: '上長が承認', PFPayload: '{"name":"高橋"}',
    AttachmentFiles: [{ FileName: '契約書.pdf', ServerRelativeUrl: '/sites/flow/Lists/PFApplications/Attachments/2/a.pdf' }]
  };
}

function found(path: string): unknown {
  if (path.includes('currentuser')) return { Id: 5 };
  if (path.includes('PFDefinitions')) {
    return { value: [{ Title: 'user-create', PFKind: 'workflow', PFDefVersion: 1, PFBody: JSON.stringify(BODY) }] };
  }
  if (path.includes("PFKind eq 'deputy'")) return { value: [DEPUTY] };
  if (path.includes("PFKind eq 'mails'")) return { value: [] };
  const [, list, id] = /Lists%2F(\w+)'\)\/items(?:\((\d+)\))?/.exec(path) ?? [];
  const all = list === 'PFInbox' ? ROWS : list === 'PFApplications' ? ITEMS : undefined;
  return id ? (all?.find((one) => one.Id === Number(id)) ?? { Id: Number(id), PFPayload: '{}' }) : all && { value: all };
}

export const send: Send = async ({ method, path }) => {
  const answer = method === 'GET' ? found(path) : { Id: 99 };
  return { status: answer ? 200 : 404, header: () => '"g,1"', json: async () => answer };
};
