/** A period in words: whole days as days, both included. Pure. */
import type { Language } from '../forms/model';
import { fill, momentText } from '../page/words';

const MIDNIGHT = 24 * 60 * 60 * 1000;

function isMidnight(at: Date): boolean {
  return at.getHours() === 0 && at.getMinutes() === 0 && at.getSeconds() === 0;
}

function dayText(at: Date, language: Language): string {
  return at.toLocaleDateString(language === 'ja' ? 'ja-JP' : 'en-GB', { dateStyle: 'medium' });
}

function endText(until: string, language: Language): string {
  const at = new Date(until);
  return isMidnight(at) ? dayText(new Date(at.getTime() - MIDNIGHT / 2), language) : momentText(until, language);
}

function startText(from: string, language: Language): string {
  const at = new Date(from);
  return isMidnight(at) ? dayText(at, language) : momentText(from, language);
}

export function periodText(
  ship: { from: string; until: string },
  words: { period: string; open: string },
  language: Language
): string {
  const until = ship.until ? endText(ship.until, language) : words.open;
  return fill(words.period, { from: startText(ship.from, language), until });
}
