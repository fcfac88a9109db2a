import { readFileSync } from 'fs';
import { join } from 'path';

import { fill, issueText } from '../words';
import { stringsOf } from './stringsOf';

const PROJECT = join(__dirname, '../../..');

function paths(value: unknown, path: string = ''): string[] {
  if (typeof value !== 'object') return [path];
  return Object.entries(value as object).reduce<string[]>((all, [key, v]) => [...all, ...paths(v, `${path}/${key}`)], []);
}

/** The codes as the browser module's source declares them. */
function codes(): string[] {
  const source = readFileSync(join(PROJECT, '../wasm-forms/src/issue.rs'), 'utf8');
  const body = /pub enum Code \{([^}]*)\}/.exec(source)?.[1] ?? '';
  const names = body.match(/^ {4}[A-Z]\w+/gm) ?? [];
  return names.map((name) => name.trim().replace(/(?<!^)[A-Z]/g, '_$&').toLowerCase());
}

describe('the words', () => {
  const ja = stringsOf('ja-jp');
  const en = stringsOf('en-us');

  it('are the same in Japanese and in English', () => {
    expect(paths(ja)).toEqual(paths(en));
    expect(paths(ja).length).toBeGreaterThan(80);
  });

  it('exist for every code that a form can be judged with', () => {
    expect(codes().length).toBeGreaterThan(20);
    expect(Object.keys(ja.issues).sort()).toEqual(codes().sort());
  });

  it('name the argument of an issue', () => {
    expect(issueText(ja, { code: 'not_digits', field: 'x', args: { length: 6 } })).toBe('6 桁の数字で入力してください。');
    expect(issueText(en, { code: 'from_the_future', field: 'x', args: {} })).toContain('from_the_future');
    expect(fill('{a} {b}', { a: 1 })).toBe('1 {b}');
  });
});
