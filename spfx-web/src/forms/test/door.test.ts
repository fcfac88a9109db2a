import { openChecker } from '../door';
import type { Field, Schema } from '../model';
import { civilDate, daysAfter } from '../today';

const label = { ja: '項目', en: 'Field' };

function form(fields: Partial<Field>[]): Schema {
  return { sections: [{ key: 's', title: label, fields: fields.map((field) => ({ label, ...field }) as Field) }] };
}

describe('the browser module', () => {
  it('f5 judges and normalises like the server', async () => {
    const input = { type: 'text', rule: { name: 'digits', length: 6 } } as const;
    const checker = await openChecker(form([{ key: 'no', required: true, input }]), {}, '2026-11-24');
    expect(checker.check({}).issues).toEqual([{ code: 'required', field: 'no', args: {} }]);
    expect(checker.check({ no: '12' }).issues).toEqual([{ code: 'not_digits', field: 'no', args: { length: 6 } }]);
    expect(checker.check({ no: '００１２３４' })).toEqual({
      values: { no: '001234' },
      visible: ['no'],
      required: ['no'],
      issues: []
    });
  });

  it('r21 judges names by the rules of the field and of the house, which come with the masters', async () => {
    const input = { type: 'text', rule: { name: 'displayName' } } as const;
    const fields = [{ key: 'unit', input }, { key: 'name', input, naming: { begins: 'GRP-{unit}-' } }];
    const house = { all: { blocked: ['ひみつ'], blockedWords: ['CEO'] } };
    const checker = await openChecker(form(fields), { naming: { options: [], naming: house } }, '2026-11-24');
    const told = (name: string): unknown[] =>
      checker.check({ unit: '営業部', name }).issues.map(({ code, args }) => [code, args.text]);
    expect(told('GRP-営業部-窓口')).toEqual([]);
    expect(told('窓口')).toEqual([['name_begins', 'GRP-営業部-']]);
    expect(told('GRP-営業部-ﾋﾐﾂ')).toEqual([['name_blocked', 'ひみつ']]);
    expect(told('ＧＲＰ-営業部-ceo室')).toEqual([['name_blocked', 'CEO']]);
  });

  it('refuses a senseless schema', async () => {
    await expect(openChecker(form([]), {}, '2026-11-24')).rejects.toThrow('a form needs a field');
  });

  it('judges a long form many times without growing slow or large', async () => {
    const fields = Array.from({ length: 50 }, (_, at) => ({ key: `f${at}`, input: { type: 'text' } as const }));
    const checker = await openChecker(form(fields), {}, '2026-11-24');
    const values = Object.fromEntries(fields.map((field) => [field.key, 'ｶﾞ１２３']));
    for (let round = 0; round < 2000; round++) expect(checker.check(values).issues).toHaveLength(0);
  });
});

describe('civil dates', () => {
  it('are where the person is', () => {
    expect(civilDate(new Date(2026, 0, 5, 23, 59))).toBe('2026-01-05');
    expect(daysAfter('2026-12-31', 1)).toBe('2027-01-01');
    expect(daysAfter('2028-03-01', -1)).toBe('2028-02-29');
  });
});
