import type { Field, Schema } from '../../forms/model';
import { amendmentOf, copyOf } from '../form/beginning';

const label = { ja: '項目', en: 'Field' };
const INNER: Field[] = [
  { key: 'name', label, input: { type: 'text' } },
  { key: 'until', label, input: { type: 'date' } }
];
const FORM: Schema = {
  sections: [
    {
      key: 's',
      title: label,
      fields: [
        { key: 'reason', label, input: { type: 'lines' } },
        { key: 'start', label, input: { type: 'date' } },
        { key: 'end', label, input: { type: 'date' } },
        { key: 'people', label, input: { type: 'rows', fields: INNER } }
      ]
    }
  ]
};
const OLD = {
  reason: '2020-01-01',
  start: '2026-11-25',
  end: '2026-11-26',
  people: [{ name: '一', until: '2026-12-31' }, { name: '二', until: '2026-01-31' }],
  gone: 'no longer asked'
};

describe('what a form begins with', () => {
  it('f9 of an old application: its answers without dates that have passed, and without what is asked no longer', () => {
    const begin = copyOf(FORM, OLD, '2026-11-26');
    expect(begin).toEqual({
      values: { reason: '2020-01-01', end: '2026-11-26', people: [{ name: '一', until: '2026-12-31' }, { name: '二' }] },
      emptied: ['start', 'people[1].until']
    });
    expect(OLD.people[1]).toHaveProperty('until');
  });

  it('f14 of an amendment: the answers as they are, and which application it amends', () => {
    const { values, origin } = amendmentOf(FORM, OLD, 'USR-1');
    expect(values).toMatchObject({ start: '2026-11-25', end: '2026-11-26' });
    expect(values).not.toHaveProperty('gone');
    expect(origin).toEqual({ original: 'USR-1', link: '変更申請' });
  });
});
