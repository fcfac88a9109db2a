import { catalogueOf, etagOf, rowOf, type Item } from '../rows';

const APPLICANT = 12;

function row(fields: Item): Item {
  return { Id: 7, Title: 't', AuthorId: APPLICANT, PFPayload: '{"a":"1"}', ...fields };
}

describe('a row of the inbox', () => {
  const cases: [string, Item, string, boolean][] = [
    ['a draft', { PFApplicantAction: null }, 'DR', true],
    ['just applied', { PFApplicantAction: '申請' }, 'SU', false],
    ['received', { PFApplicantAction: '申請', PFStatus: 'IA' }, 'IA', false],
    ['sent back by the app, which empties the action', { PFApplicantAction: null, PFStatus: 'SB' }, 'SB', true],
    ['applied again', { PFApplicantAction: '申請', PFStatus: 'SB' }, 'SB', false],
    ['withdrawn', { PFApplicantAction: '申請', PFStatus: 'WD' }, 'WD', false]
  ];
  it.each(cases)('%s', (_, fields, status, editable) => {
    expect(rowOf(row(fields))).toMatchObject({ id: 7, status, editable, values: { a: '1' } });
  });

  it('survives a payload that is no JSON object', () => {
    expect(rowOf(row({ PFPayload: '[1' })).values).toEqual({});
    expect(rowOf(row({ PFPayload: '[1]' })).values).toEqual({});
  });

  it('finds the entity tag in either spelling', () => {
    expect(etagOf({ '@odata.etag': '"a,1"' })).toBe('"a,1"');
    expect(etagOf({ 'odata.etag': '"a,2"' })).toBe('"a,2"');
  });
});

describe('the catalogue', () => {
  const title = { ja: '利用者の作成', en: 'Create a user' };
  const body = JSON.stringify({ title, form: { sections: [] }, route: {} });

  it('offers the newest version of each workflow, and the masters', () => {
    const catalogue = catalogueOf([
      { Title: 'user-create', PFKind: 'workflow', PFDefVersion: 2, PFBody: body },
      { Title: 'user-create', PFKind: 'workflow', PFDefVersion: 1, PFBody: body },
      { Title: 'licences', PFKind: 'master', PFBody: '{"options":[{"value":"E5","label":{"ja":"E5","en":"E5"}}]}' }
    ]);
    expect(catalogue.workflows.map((workflow) => workflow.version)).toEqual([2]);
    expect(catalogue.masters.licences.options[0].value).toBe('E5');
    expect(catalogue.broken).toEqual([]);
  });

  it('names a definition that cannot be read instead of failing as a whole', () => {
    const catalogue = catalogueOf([
      { Title: 'bad', PFKind: 'workflow', PFDefVersion: 1, PFBody: '{' },
      { Title: 'user-create', PFKind: 'workflow', PFDefVersion: 1, PFBody: body }
    ]);
    expect(catalogue.broken).toEqual(['bad']);
    expect(catalogue.workflows).toHaveLength(1);
  });
});
