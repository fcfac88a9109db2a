import { readFileSync } from 'fs';
import { join } from 'path';

import { openChecker, type Checker } from '../../forms/door';
import { fieldsOf, rowFieldsOf, type Field, type Schema } from '../../forms/model';
import { decode } from '../csv/decode';
import { readBytes, readPasted, readText, type Preview, type Reading } from '../csv/reading';

const SHIPPED = join(__dirname, '../../../../manifests/workflows/users-create.json');
const FORM = (JSON.parse(readFileSync(SHIPPED, 'utf8')) as { form: Schema }).form;
const PEOPLE = fieldsOf(FORM).find((field) => field.key === 'people') as Field;
const VALUES = { managers: 'each' };

let checker: Checker;

function preview(reading: Reading): Preview {
  if (reading.kind !== 'preview') throw new Error(JSON.stringify(reading));
  return reading;
}

/** 氏名,Ａ\n伊藤,"1\n" in Shift_JIS. */
const SHIFT_JIS = [
  0x8e, 0x81, 0x96, 0xbc, 0x2c, 0x82, 0x60, 0x0d, 0x0a, 0x88, 0xc9, 0x93, 0xa1, 0x2c, 0x31, 0x0d, 0x0a
];

describe('rows out of files', () => {
  beforeAll(async () => {
    checker = await openChecker(FORM, { licences: { options: [] }, groups: { options: [] } }, '2026-11-24');
  });

  it('f10 are decoded as UTF-8, with or without its mark, and as Shift_JIS', () => {
    const utf8 = new TextEncoder().encode('氏名,Ａ');
    expect(decode(utf8)).toEqual({ text: '氏名,Ａ', encoding: 'UTF-8' });
    expect(decode(new Uint8Array([0xef, 0xbb, 0xbf, ...Array.from(utf8)]))?.text).toBe('氏名,Ａ');
    expect(decode(new Uint8Array(SHIFT_JIS))).toEqual({ text: '氏名,Ａ\r\n伊藤,1\r\n', encoding: 'Shift_JIS' });
    expect(decode(new Uint8Array([0xff, 0xfe, 0x00]))).toBeUndefined();
  });

  it('f10 are judged row by row, each finding with the line of the file', () => {
    const csv = 'ユーザー名,姓,名,社員番号,部署,上長\na.b,青木,一,123456,営業部,boss@contoso.com\n\na.b,石田,,12,営業,\n';
    const read = preview(readText(checker, 'people', VALUES, csv));
    expect(read.rows[0]).toMatchObject({ lastName: '青木', department: '営業部', manager: { upn: 'boss@contoso.com' } });
    expect(read.lines).toEqual([2, 4]);
    const told = (read.findings.get(1) ?? []).map((issue) => `${issue.field} ${issue.code}`);
    expect(told.sort()).toEqual([
      'people[1].department unknown_choice',
      'people[1].employeeNumber not_digits',
      'people[1].firstName required',
      'people[1].manager required',
      'people[1].upnLocal duplicate'
    ]);
    expect(read.findings.has(0)).toBe(false);
  });

  it('f10 say where a file cannot be read', () => {
    const unreadable = readBytes(checker, 'people', VALUES, new TextEncoder().encode('姓,苗字\n').buffer as ArrayBuffer);
    expect(unreadable).toEqual({ kind: 'unreadable', line: 1, column: 2, problem: 'unknown_column' });
    expect(readBytes(checker, 'people', VALUES, new Uint8Array([0xff, 0xff]).buffer)).toMatchObject({ problem: 'undecodable' });
    expect(readBytes(checker, 'people', VALUES, new ArrayBuffer(2_000_001))).toMatchObject({ problem: 'too_big' });
  });

  it('f10 come from pasted cells, with headings or in the order of the fields', () => {
    const fields = rowFieldsOf(PEOPLE);
    const named = preview(readPasted(checker, 'people', fields, VALUES, '名\t姓\n"一\t二"\t青木\n'));
    expect(named.rows).toEqual([{ firstName: '一\t二', lastName: '青木' }]);
    const plain = preview(readPasted(checker, 'people', fields, VALUES, '青木\t一\tアオキ\tハジメ\t012345\n'));
    expect(plain.rows).toEqual([
      { lastName: '青木', firstName: '一', lastNameKana: 'アオキ', firstNameKana: 'ハジメ', employeeNumber: '012345' }
    ]);
  });

  it('f10 go back into a file that no spreadsheet runs, with notes that are not read again', () => {
    const people = [{ lastName: '=cmd', firstName: '一' }];
    const csv = checker.writeCsv('people', { people }, 'ja', [{ name: '確認事項', cells: ['+1'] }]);
    expect(csv).toContain("'=cmd");
    expect(csv).toContain("'+1");
    expect(preview(readText(checker, 'people', VALUES, csv)).rows).toEqual(people);
    expect(checker.writeCsv('people', {}, 'ja').trim().split('\n')).toHaveLength(1);
  });

  it('f6 ask and offer what the other answers say', () => {
    const people = [{ lastName: '青木' }];
    const visible = (managers: string): string[] => checker.lookAtRows({ managers, people }, 'people', 0, 1)[0].visible;
    expect(visible('each')).toContain('manager');
    expect(visible('same')).not.toContain('manager');
    expect(checker.check({ managers: 'same', people }).visible).toContain('manager');
    expect(checker.defaults({})).toEqual({ managers: 'each', startDate: '2026-12-01' });
  });
});
