import { readFileSync } from 'fs';
import { join } from 'path';

import { openChecker } from '../door';
import type { Field, Masters, Schema, Values, Verdict } from '../model';
import { civilDate, daysAfter } from '../today';

const label = { ja: '項目', en: 'Field' };

function form(fields: Partial<Field>[]): Schema {
  return { sections: [{ key: 's', title: label, fields: fields.map((field) => ({ label, ...field }) as Field) }] };
}

interface Judged {
  name: string;
  today: string;
  masters: Masters;
  schema: Schema;
  cases: { entered: Values; verdict: Verdict }[];
}

/** What the server's own tests read, too. */
const JUDGED = JSON.parse(
  readFileSync(join(__dirname, '../../../../wasm-forms/tests/judged.json'), 'utf8')
) as Judged[];

describe('the browser module', () => {
  it.each(JUDGED.map((one) => [one.name, one] as const))(
    'f5 judges and normalises like the server: %s',
    async (_name, { today, masters, schema, cases }) => {
      const checker = await openChecker(schema, masters, today);
      for (const { entered, verdict } of cases) expect({ entered, ...checker.check(entered) }).toEqual({ entered, ...verdict });
      expect(cases.length).toBeGreaterThan(0);
    }
  );

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
