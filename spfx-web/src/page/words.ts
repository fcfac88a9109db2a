import type { Issue, Label, Language } from '../forms/model';
import type { Strings } from './strings';

/** Fills `{name}` in a sentence. */
export function fill(sentence: string, args: Record<string, string | number>): string {
  return sentence.replace(/\{(\w+)\}/g, (whole, name: string) => (name in args ? `${args[name]}` : whole));
}

export function issueText(strings: Strings, issue: Issue): string {
  const sentence = strings.columns[issue.field]?.issues[issue.code] ?? strings.issues[issue.code];
  return sentence ? fill(sentence, issue.args ?? {}) : fill(strings.issueUnknown, { code: issue.code });
}

export function labelText(label: Label, language: Language): string {
  return label[language] || label.ja;
}

/** The day of a moment, in the person's zone and language; empty where it is none. */
export function dayText(iso: string, language: Language): string {
  const at = new Date(iso);
  if (!iso || isNaN(at.getTime())) return '';
  return at.toLocaleDateString(language === 'ja' ? 'ja-JP' : 'en-GB', { dateStyle: 'medium' });
}

/** A moment of the lists, in the person's zone and language. */
export function momentText(iso: string, language: Language): string {
  const at = new Date(iso);
  if (!iso || isNaN(at.getTime())) return '';
  return at.toLocaleString(language === 'ja' ? 'ja-JP' : 'en-GB', { dateStyle: 'medium', timeStyle: 'short' });
}
