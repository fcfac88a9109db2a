import { readFileSync } from 'fs';
import { join } from 'path';

import { fill, issueText } from '../words';
import { stringsOf } from './stringsOf';

const PROJECT = join(__dirname, '../../..');

function paths(value: unknown, path: string = ''): string[] {
  if (typeof value !== 'object') return [path];
  return Object.entries(value as object).reduce<string[]>((all, [key, v]) => [...all, ...paths(v, `${path}/${key}`)], []);
}

/** The variants of an enum, as the Rust source declares them. */
function variants(file: string, name: string): string[] {
  const source = readFileSync(join(PROJECT, '..', file), 'utf8');
  const from = source.indexOf(`pub enum ${name} {`);
  const body = source.slice(from, source.indexOf('\n}', from));
  return (body.match(/^ {4}[A-Z]\w+/gm) ?? []).map((variant) => variant.trim());
}

function snakeCase(variant: string): string {
  return variant.replace(/(?<!^)[A-Z]/g, '_$&').toLowerCase();
}

function camelCase(variant: string): string {
  return variant[0].toLowerCase() + variant.slice(1);
}

describe('the words', () => {
  const ja = stringsOf('ja-jp');
  const en = stringsOf('en-us');

  it('f16 are the same in Japanese and in English', () => {
    expect(paths(ja)).toEqual(paths(en));
    expect(paths(ja).length).toBeGreaterThan(80);
  });

  it('exist for every code that a form can be judged with', () => {
    const codes = variants('wasm-forms/src/issue.rs', 'Code').map(snakeCase);
    expect(codes.length).toBeGreaterThan(20);
    expect(Object.keys(ja.issues).sort()).toEqual(codes.sort());
  });

  it('exist for every event of an application', () => {
    const events = variants('server/workflow/src/application/event.rs', 'Event').map(camelCase);
    expect(events.length).toBeGreaterThan(20);
    expect(Object.keys(ja.events).sort()).toEqual(events.sort());
  });

  it('name the argument of an issue', () => {
    expect(issueText(ja, { code: 'not_digits', field: 'x', args: { length: 6 } })).toBe('6 桁の数字で入力してください。');
    expect(issueText(en, { code: 'from_the_future', field: 'x', args: {} })).toContain('from_the_future');
    expect(fill('{a} {b}', { a: 1 })).toBe('1 {b}');
  });
});
