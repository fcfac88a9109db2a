import { endPayload, mailsOf, merged, ofAnswer, ofRows, payloadOf, wishOfLink } from '../deputies';
import type { Item } from '../rows';

const NOW = new Date('2027-08-01T00:00:00Z');

function row(id: number, ask: object, more: Item = {}): Item {
  return { Id: id, PFPayload: JSON.stringify(ask), PFStatus: 'CO', Created: '2027-07-01T00:00:00Z', ...more };
}

describe('deputies (W17)', () => {
  it('are told by the own rows: who, from when, and how it stands', () => {
    const rows = [
      row(9, { ask: 'end', row: 5 }),
      row(8, { ask: 'delegate', to: 'a@x.jp' }, { PFStatus: null }),
      row(7, { ask: 'delegate', to: 'me@x.jp' }, { PFStatus: null, PFIssues: '[{"code":"own_deputy"}]' }),
      row(6, { ask: 'delegate', to: 'b@x.jp', from: '2027-08-10T00:00:00Z', workflows: ['user-create'] }),
      row(5, { ask: 'delegate', to: 'ended@x.jp' }),
      row(4, { ask: 'delegate', to: 'c@x.jp' }),
      row(3, { ask: 'delegate', to: 'over@x.jp', until: '2027-07-02T00:00:00Z' }),
      row(2, { ask: 'delegate', of: 'other@x.jp', to: 'd@x.jp' }),
      { Id: 1, PFPayload: 'nonsense' }
    ];
    const told = ofRows(rows, NOW).map((ship) => [ship.row, ship.person, ship.standing]);
    expect(told).toEqual([
      [8, 'a@x.jp', 'asked'],
      [7, 'me@x.jp', 'refused'],
      [6, 'b@x.jp', 'coming'],
      [4, 'c@x.jp', 'now'],
      [3, 'over@x.jp', 'over']
    ]);
  });

  it('are what the register says where the backend answers, with what it has not read yet', () => {
    const own = ofRows([row(8, { ask: 'delegate', to: 'a@x.jp' }, { PFStatus: null }), row(4, { ask: 'delegate', to: 'c@x.jp' })], NOW);
    const answer = { mine: [{ row: 4, name: '桐生 直樹', from: '2027-07-01T00:00:00Z' }], standIn: [{ row: null, name: '森田 圭', from: '' }] };
    const found = merged(own, ofAnswer(answer, NOW));
    expect(found.mine.map((ship) => ship.person)).toEqual(['a@x.jp', '桐生 直樹']);
    expect(found.standIn).toMatchObject([{ person: '森田 圭', standing: 'now', row: 0 }]);
    expect(merged(own, ofAnswer(undefined, NOW))).toMatchObject({ mine: [{ row: 8 }, { row: 4 }] });
    expect(merged(own, undefined).standIn).toBeUndefined();
  });

  it('are asked for by whole days of the device, both included', () => {
    const asked = JSON.parse(payloadOf({ to: ' a@x.jp ', from: '2027-08-10', until: '2027-08-31', workflows: [] }));
    expect(asked).toEqual({
      ask: 'delegate',
      to: 'a@x.jp',
      from: new Date(2027, 7, 10).toISOString(),
      until: new Date(2027, 8, 1).toISOString()
    });
    expect(JSON.parse(payloadOf({ to: 'a@x.jp', from: '', until: '', workflows: ['k'] }))).toEqual({
      ask: 'delegate',
      to: 'a@x.jp',
      workflows: ['k']
    });
    expect(JSON.parse(endPayload(4))).toEqual({ ask: 'end', row: 4 });
  });

  it('are only proposed by a link', () => {
    expect(wishOfLink('?application=USR-1')).toBeUndefined();
    expect(wishOfLink('?deputies')).toEqual({ to: '', from: '', until: '', workflows: [] });
    expect(wishOfLink('?deputies=&to=a%40x.jp&from=2027-08-10&until=soon')).toEqual({
      to: 'a@x.jp',
      from: '2027-08-10',
      until: '',
      workflows: []
    });
  });
});

describe('mails (W30)', () => {
  it('come as the newest row that counts says', () => {
    expect(mailsOf([])).toBe('each');
    const daily = row(2, { mails: 'daily' });
    expect(mailsOf([daily, row(1, { mails: 'each' })])).toBe('daily');
    expect(mailsOf([row(3, { mails: 'each' }, { PFIssues: '[{"code":"not_author"}]' }), daily])).toBe('daily');
    expect(mailsOf([row(4, { mails: 'never' }), daily])).toBe('daily');
  });
});
