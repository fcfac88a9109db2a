import type { Answer, Field, Language, Masters, Person } from '../forms/model';
import { labelText } from './words';

function optionsOf(field: Field, masters: Masters): { value: string; label: { ja: string; en: string } }[] {
  const { input } = field;
  if (input.type !== 'choice' && input.type !== 'choices') return [];
  return Array.isArray(input.options) ? input.options : (masters[input.options.master]?.options ?? []);
}

/** An answer as a short text; choices by their labels. */
export function answerText(field: Field, answer: Answer | undefined, masters: Masters, language: Language): string {
  if (answer === undefined || answer === null) return '';
  const options = optionsOf(field, masters);
  const one = (value: string | number | Person): string => {
    if (typeof value === 'object') return value.name || value.upn;
    const option = options.find((candidate) => candidate.value === value);
    return option ? labelText(option.label, language) : `${value}`;
  };
  const several = Array.isArray(answer) ? (answer as (string | Person)[]) : [answer as string | number | Person];
  return several.map(one).join(language === 'ja' ? '、' : ', ');
}
