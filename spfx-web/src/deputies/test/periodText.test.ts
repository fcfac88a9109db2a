import { periodText } from '../periodText';

const WORDS = { period: '{from} 〜 {until}', open: '終了するまで' };

describe('a period', () => {
  it('of whole days names its first and its last day', () => {
    const period = { from: new Date(2027, 7, 10).toISOString(), until: new Date(2027, 7, 15).toISOString() };
    expect(periodText(period, WORDS, 'ja')).toBe('2027/08/10 〜 2027/08/14');
  });

  it('that ended at some moment, or has no end, says so', () => {
    const period = { from: new Date(2027, 7, 10, 9, 30).toISOString(), until: '' };
    expect(periodText(period, WORDS, 'ja')).toBe('2027/08/10 9:30 〜 終了するまで');
  });
});
