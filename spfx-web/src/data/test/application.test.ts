import { formOf } from '../address';
import { findApplication } from '../application';
import { Backend, type Get } from '../backend';
import type { Item } from '../rows';
import type { Send } from '../send';
import { SharePointLists } from '../sharePoint';

const FORM = 'https://contoso.sharepoint.com/sites/flow/Lists/PFApplications2/DispForm.aspx?ID=7';
const NUMBER = 'USR-2026-00042';
const ITEM = { Id: 7, PFNumber: NUMBER, PFStatus: 'IA', PFStepName: '上長承認', PFStepToken: 't' };
const DETAIL = {
  number: NUMBER,
  state: 'CO',
  updatedAt: '2026-11-24T00:00:00Z',
  history: [{ name: 'completed', at: '2026-11-24T00:00:00Z', by: null, comment: null }]
};

let asked: string[];

function lists(status: number, item: Item): SharePointLists {
  const send: Send = async ({ path }) => {
    asked.push(path);
    return { status, header: () => undefined, json: async () => item };
  };
  return new SharePointLists(send, '/sites/flow');
}

function backend(answer: unknown): Backend {
  const get: Get = async (path) => {
    asked.push(path);
    if (!answer) throw new Error('down');
    return answer;
  };
  return new Backend(get);
}

describe('one application', () => {
  beforeEach(() => {
    asked = [];
  });

  it('is read from the list that its row names, and nobody else is asked', async () => {
    const found = await findApplication(lists(200, ITEM), backend(DETAIL), { number: NUMBER, url: FORM });
    expect(found).toMatchObject({ status: 'IA', stepName: '上長承認', stepToken: 't' });
    expect(asked).toHaveLength(1);
    expect(asked[0]).toContain("GetList('%2Fsites%2Fflow%2FLists%2FPFApplications2')/items(7)?$select=");
  });

  it.each([
    ['the list shows it to him no longer', 404, ITEM, FORM],
    ['its row names the item of another application', 200, { ...ITEM, PFNumber: 'USR-2026-00001' }, FORM],
    ['no row names an item', 200, ITEM, '']
  ])('is told by the backend where %s', async (_, status, item, url) => {
    const found = await findApplication(lists(status, item), backend(DETAIL), { number: NUMBER, url });
    expect(found).toMatchObject({ number: NUMBER, status: 'CO', events: [{ name: 'completed', comment: '' }] });
    expect(asked[asked.length - 1]).toBe(`/api/v1/applications/${NUMBER}`);
  });

  it('names the files that SharePoint serves to its reader, from list and backend in one spelling', async () => {
    const served = '/sites/flow/Lists/PFApplications2/Attachments/7/見積 #1.pdf';
    const named = { ...ITEM, AttachmentFiles: [{ FileName: '見積 #1.pdf', ServerRelativeUrl: served }] };
    const url = encodeURI(`https://contoso.sharepoint.com${served}`).replace('#', '%23');
    const told = { ...DETAIL, files: [{ name: '見積 #1.pdf', sha256: 'ab', url }, { name: 'hidden.pdf', sha256: 'cd' }] };
    const files = [{ name: '見積 #1.pdf', url: served }];
    const known = { number: NUMBER, url: FORM };
    expect((await findApplication(lists(200, named), backend(undefined), known))?.files).toEqual(files);
    expect((await findApplication(lists(404, {}), backend(told), known))?.files).toEqual(files);
  });

  it('is nothing, and no failure, where the backend is away too', async () => {
    expect(await findApplication(lists(403, {}), backend(undefined), { number: NUMBER, url: FORM })).toBeUndefined();
  });
});

describe('the address of a form', () => {
  it.each([
    [FORM, { list: 'PFApplications2', item: 7 }],
    ['https://contoso.sharepoint.com/sites/flow/Lists/PFApplications/DispForm.aspx?ID=12', { list: 'PFApplications', item: 12 }],
    ['https://contoso.sharepoint.com/sites/flow/Lists/PFHistory/DispForm.aspx?ID=12', undefined],
    ["https://contoso.sharepoint.com/Lists/PFApplications')/DispForm.aspx?ID=12", undefined],
    [`${FORM}&Source=x`, undefined],
    ['', undefined]
  ])('%s', (url, form) => {
    expect(formOf(url)).toEqual(form);
  });
});
