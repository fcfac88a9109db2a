import { openedOf } from '../../data/tasks';
import { choiceOf, needsComment, offers, type Asked } from '../choices';
import { linked } from '../link';

const ME = '00000000-0000-0000-0000-00000000000A';
const opened = openedOf('PFApplications', { Id: 7, PFStatus: 'IA', PFStepToken: 't', PFAssigneesId: [12] });
const asked: Asked = { opened, userId: 12, person: ME };
const standing = { token: 't', heldBy: '', assignees: [ME.toLowerCase()] };
const ALL = ['承認', '差戻し', '却下', '保留', '確認'];

describe('an approver', () => {
  it.each([
    ['is offered everything while nobody holds the step', { ...asked, standing }, ALL],
    ['is offered everything while the backend is away', asked, ALL],
    ['can release what he holds', { ...asked, standing: { ...standing, heldBy: ME.toLowerCase() } }, ['承認', '差戻し', '却下', '解除']],
    ['waits while another holds it', { ...asked, standing: { ...standing, heldBy: 'other' } }, []],
    ['is offered nothing that he is not asked', { ...asked, userId: 13 }, []],
    ['is offered nothing that is over by now', { ...asked, standing: { ...standing, assignees: [] } }, []]
  ])('%s', (_, whom, offered) => {
    expect(offers(whom)).toEqual(offered);
  });

  it('must say why he sends back or rejects, and releases by 確認', () => {
    expect(ALL.filter((offer) => needsComment(offer as '承認'))).toEqual(['差戻し', '却下']);
    expect(choiceOf('解除')).toBe('確認');
  });
});

describe('an address', () => {
  const FORM = 'https://contoso.sharepoint.com/sites/flow/Lists/PFApplications2/DispForm.aspx?ID=7';
  it.each([
    ['?application=USR-2026-00001', { number: 'USR-2026-00001' }],
    [`?application=${encodeURIComponent(FORM)}`, { form: { list: 'PFApplications2', item: 7 } }],
    ['?application=', undefined],
    ['?other=1', undefined]
  ])('%s', (search, found) => {
    expect(linked(search)).toEqual(found);
  });
});
