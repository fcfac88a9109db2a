import type { Field, Values } from '../../forms/model';
import { stringsOf } from '../../page/test/stringsOf';
import { changesFor, differences, issuesOf, sectionsOf, type Changed } from '../corrections';

const label = (ja: string): Field['label'] => ({ ja, en: ja });
const UNITS = [{ value: 'a', label: label('営業部') }, { value: 'b', label: label('人事部') }];
const FIELDS: Field[] = [
  { key: 'post', label: label('役職'), input: { type: 'text' } },
  { key: 'unit', label: label('部署'), input: { type: 'choice', options: UNITS } },
  { key: 'manager', label: label('上長'), input: { type: 'person' } },
  { key: 'guests', label: label('ゲスト'), input: { type: 'rows', fields: [{ key: 'who', label: label('氏名'), input: { type: 'text' } }] } }
];
const KEYS = FIELDS.map((field) => field.key);
const EDITABLE = { form: { sections: [{ key: 's', title: label('対象者'), fields: FIELDS }] }, keys: KEYS };
const BEFORE: Values = {
  name: '高橋',
  post: '担当',
  unit: 'a',
  manager: { id: '1', name: '西川', upn: 'n@contoso.com' },
  guests: [{ who: '井上' }, { who: '木村' }]
};

function told(changes: Changed): string[] {
  const found = differences(EDITABLE, changes, BEFORE, {}, stringsOf('ja-jp'));
  return found.map(({ what, before, after }) => `${what}: ${before} → ${after}`);
}

describe('a correction', () => {
  it('f12 carries what was changed and may be, and also what was emptied', () => {
    const after: Values = { ...BEFORE, name: '佐藤', unit: 'b', manager: { upn: 'n@contoso.com', name: '西川', id: '1' } };
    delete after.post;
    expect(changesFor(KEYS, BEFORE, after)).toStrictEqual({ post: undefined, unit: 'b' });
    expect(changesFor(KEYS, BEFORE, BEFORE)).toStrictEqual({});
  });

  it('f12 is told answer by answer, choices and people by their names', () => {
    expect(told({ post: undefined, unit: 'b', manager: { upn: 'o@contoso.com' } })).toEqual([
      '役職: 担当 → ',
      '部署: 営業部 → 人事部',
      '上長: 西川 → o@contoso.com'
    ]);
  });

  it('f12 of rows names each answer of a row that differs', () => {
    expect(told({ guests: [{ who: '井上' }, { who: '斎藤' }, { who: '林' }] })).toEqual([
      'ゲスト 2 行目 氏名: 木村 → 斎藤',
      'ゲスト 3 行目 氏名:  → 林'
    ]);
    expect(told({ guests: undefined })).toHaveLength(2);
  });

  it('f12 is not held up by what time made wrong elsewhere', () => {
    const issue = (field: string): { code: string; field: string; args: object } => ({ code: 'too_early', field, args: {} });
    const issues = ['start', 'post', 'guests[1].who', ''].map(issue) as never;
    expect(issuesOf(issues, { post: '', guests: [] }).map((one) => one.field)).toEqual(['post', 'guests[1].who', '']);
  });

  it('f12 asks only what the step lets be changed, and no rows that are not here', () => {
    const asked = (keys: string[], before: Values): string[] =>
      sectionsOf({ ...EDITABLE, keys }, before).flatMap((section) => section.fields.map((field) => field.key));
    expect(asked(['post', 'guests'], BEFORE)).toEqual(['post', 'guests']);
    expect(asked(['post', 'guests'], { guests: { table: 'ゲスト.csv', rows: 900 } as never })).toEqual(['post']);
    expect(sectionsOf({ ...EDITABLE, keys: [] }, BEFORE)).toEqual([]);
  });
});
