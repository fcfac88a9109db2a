import { openedOf } from '../../data/tasks';
import { actionOf, choiceOf, needsComment, noticeOf, offers, type Asked } from '../choices';
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

describe('what the backend would take', () => {
  const told = (acts: string[], more: object = {}): Asked => ({ ...asked, standing: { ...standing, acts, ...more } });
  const nobody = { assignees: [], token: '' };
  it.each([
    ['is all that is offered', told(['approve', 'finish', 'reassign']), ['承認', '承認終了', '振替']],
    ['is offered to whoever may go ahead', told(['pullUp']), ['引上げ承認']],
    ['is offered to a reader who is asked nothing', told(['acknowledge', 'object'], nobody), ['回覧確認', '異議']],
    ['is offered to whoever decided last', told(['takeBack'], { assignees: [] }), ['判断の引戻し']],
    ['is offered to a worker', told(['reassign', 'finishWork', 'declineWork']), ['振替', '作業完了', '作業不可']],
    ['is of the step that the item shows', told(['approve', 'acknowledge'], { token: 'newer' }), ['回覧確認']],
    ['leaves out what this version does not know', told(['levitate']), []]
  ])('%s', (_, whom, offered) => {
    expect(offers(whom)).toEqual(offered);
  });

  it('is asked for by its own action, of the notice that waits', () => {
    const notices = [{ key: 'round', kind: 'circulation' }, { key: 'later', kind: 'postReview' }];
    const shown = told(['acknowledge', 'object'], { notices });
    expect([actionOf('回覧確認'), choiceOf('回覧確認')]).toEqual(['確認', undefined]);
    expect([noticeOf(shown, '回覧確認'), noticeOf(shown, '異議')]).toEqual(['round', 'later']);
    const reasoned = ['異議', '作業完了', '作業不可', '引上げ承認', '修正'].filter((offer) => needsComment(offer as '異議'));
    expect(reasoned).toEqual(['異議', '作業完了', '作業不可']);
  });

  it('f12 is a correction only of fields that are known, of the step that the item shows', () => {
    const editable = { form: { sections: [] }, keys: ['post'] };
    expect(offers(told(['approve', 'edit']))).toEqual(['承認']);
    expect(offers({ ...told(['approve', 'edit']), editable })).toEqual(['承認', '修正']);
    expect(offers({ ...told(['edit'], { token: 'newer' }), editable })).toEqual([]);
    expect(offers({ ...asked, editable })).toEqual([...ALL, '修正']);
    expect(offers({ ...asked, editable, userId: 13 })).toEqual([]);
  });

  it('is unknown while the backend is away: a worker still reports his work', () => {
    const working = openedOf('PFApplications', { Id: 7, PFStatus: 'MW', PFStepToken: 't', PFAssigneesId: [12] });
    expect(offers({ ...asked, opened: working })).toEqual(['作業完了', '作業不可']);
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
