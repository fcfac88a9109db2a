import { webcrypto } from 'crypto';

import type { RowValues, Values } from '../../forms/model';
import { cellsOf, csvOf } from '../cells';
import { rowResultsOf } from '../rowResults';
import { isPacked, isRowsFile, pack, unpack } from '../rowsFiles';

Object.defineProperty(globalThis, 'crypto', { value: webcrypto });

const ROWS: RowValues[] = Array.from({ length: 1000 }, (_, at) => ({
  lastName: `姓${at}`,
  department: '情報システム部',
  groups: ['0f8fad5b-d9cb-469f-a165-70867728950e']
}));

describe('rows beside the column', () => {
  it('f10 a small form stays in one piece', async () => {
    const values: Values = { reason: 'x', people: ROWS.slice(0, 3) };
    expect(await pack(values)).toEqual({ payload: JSON.stringify(values), files: [] });
  });

  it('f10 a thousand rows go as a file that the column names by its hash', async () => {
    const viewers = Array.from({ length: 3 }, (_, at) => ({ upn: `u${at}@contoso.com` }));
    const { payload, files } = await pack({ reason: 'x', viewers, people: ROWS });
    expect(payload.length).toBeLessThan(500);
    expect(files.map((file) => isRowsFile(file.name))).toEqual([true]);
    const column = JSON.parse(payload) as Values;
    expect(column.people).toMatchObject({ file: files[0].name, rows: 1000 });
    expect((column.people as unknown as { sha256: string }).sha256).toMatch(/^[0-9a-f]{64}$/);
    expect(column.viewers).toEqual(viewers);
    expect(isPacked(column)).toBe(true);
    const whole = await unpack(column, async (file) => JSON.parse(files.find(({ name }) => name === file)?.content ?? 'null'));
    expect(whole).toEqual({ reason: 'x', viewers, people: ROWS });
  });

  it('f10 the same rows have the same file, others another', async () => {
    const name = async (people: RowValues[]): Promise<string> => (await pack({ people })).files[0].name;
    expect(await name(ROWS)).toBe(await name([...ROWS]));
    expect(await name(ROWS)).not.toBe(await name([...ROWS].reverse()));
  });

  it('f10 the results of rows are told by ranges and reasons', () => {
    const results = rowResultsOf('✓ 1-3, 5\n✗ 4, 7-8: 空きがありません: E3\n– 9\n… 10-12\n要確認');
    expect(results.size).toBe(11);
    expect(results.get(2)).toEqual({ state: 'done', why: '' });
    expect(results.get(8)).toEqual({ state: 'failed', why: '空きがありません: E3' });
    expect([results.get(9)?.state, results.get(12)?.state]).toEqual(['skipped', 'waiting']);
    expect(rowResultsOf('✓ アカウント: （なし） → a@contoso.com').size).toBe(0);
  });

  it('cells of spreadsheets survive quotes, tabs and line ends', () => {
    const cells = [
      ['a"b', 'c\nd', ''],
      ['e\tf', ',', '"']
    ];
    expect(cellsOf(csvOf(cells), ',')).toEqual(cells);
    expect(cellsOf('\uFEFFa\tb\r\n\t\r\n"c\td"\t"e""f"\r\n', '\t')).toEqual([
      ['a', 'b'],
      ['c\td', 'e"f']
    ]);
  });
});
