import { merge } from '../merge';

describe('merging a draft that was saved in two windows', () => {
  it('keeps what only one side changed', () => {
    const merged = merge({ a: '1', b: '1', c: '1' }, { a: '2', b: '1' }, { a: '1', b: '2', c: '1', d: '3' });
    expect(merged).toEqual({ values: { a: '2', b: '2', d: '3' }, conflicts: [] });
  });

  it('names what both changed differently, and keeps mine', () => {
    expect(merge({ a: '1' }, { a: '2' }, { a: '3' })).toEqual({ values: { a: '2' }, conflicts: ['a'] });
  });

  it('sees no conflict where both wrote the same', () => {
    expect(merge({}, { a: ['x'] }, { a: ['x'] })).toEqual({ values: { a: ['x'] }, conflicts: [] });
  });
});
