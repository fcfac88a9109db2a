/** What a correction changes. Pure. */
import type { Change } from '../data/changes';
import { isTable } from '../data/rowsFiles';
import type { Editable } from '../data/tasks';
import {
  fieldsOf, rowFieldsOf, rowsOf,
  type Answer, type Field, type Issue, type Masters, type Section, type Value, type Values
} from '../forms/model';
import { placeOf } from '../forms/place';
import { answerText } from '../page/answerText';
import type { Strings } from '../page/strings';
import { fill, labelText } from '../page/words';

/** Members in one order: two spellings of one answer are no change. */
function canonical(value: unknown): string {
  const sorted = (one: object): object => Object.fromEntries(Object.entries(one).sort(([a], [b]) => (a < b ? -1 : 1)));
  const plain = (one: unknown): boolean => typeof one === 'object' && one !== null && !Array.isArray(one);
  return JSON.stringify(value, (_, one: unknown) => (plain(one) ? sorted(one as object) : one)) ?? '';
}

/** The sections with the fields that may be changed, as far as their answers are here. */
export function sectionsOf({ form, keys }: Editable, before: Values): Section[] {
  const open = (field: Field): boolean => keys.includes(field.key) && !isTable(before[field.key]);
  const sections = form.sections.map((section) => ({ ...section, fields: section.fields.filter(open) }));
  return sections.filter((section) => section.fields.length > 0);
}

/** The changed fields alone; a field without a value is emptied. */
export type Changed = Record<string, Value | undefined>;

export function changesFor(keys: string[], before: Values, after: Values): Changed {
  const changed = keys.filter((key) => canonical(before[key]) !== canonical(after[key]));
  return Object.fromEntries(changed.map((key) => [key, after[key]]));
}

/** What is wrong with what was changed; what else time made wrong was accepted once. */
export function issuesOf(issues: Issue[], changes: Changed): Issue[] {
  return issues.filter(({ field }) => field === '' || placeOf(field).key in changes);
}

/** The same in words, answer by answer. */
export function differences(
  { form }: Editable,
  changes: Changed,
  before: Values,
  masters: Masters,
  strings: Strings
): Change[] {
  const { language } = strings;
  const changed = fieldsOf(form).filter((field) => field.key in changes);
  const line = (field: Field, what: string, [old, now]: (Answer | undefined)[]): Change => {
    const [told, newly] = [old, now].map((answer) => answerText(field, answer, masters, language));
    return { kind: 'changed', what, before: told, after: newly };
  };
  return changed.flatMap((field) => {
    const what = labelText(field.label, language);
    const after = changes[field.key] as Answer | undefined;
    if (field.input.type !== 'rows') return [line(field, what, [before[field.key] as Answer | undefined, after])];
    const [old, now] = [rowsOf(before, field.key), rowsOf(changes as Values, field.key)];
    const rows = Array.from({ length: Math.max(old.length, now.length) }, (_, at) => at);
    return rows.flatMap((at) => {
      const name = `${what} ${fill(strings.rows.row, { name: `${at + 1}` })}`;
      const inner = rowFieldsOf(field).filter(({ key }) => canonical(old[at]?.[key]) !== canonical(now[at]?.[key]));
      return inner.map((one) => line(one, `${name} ${labelText(one.label, language)}`, [old[at]?.[one.key], now[at]?.[one.key]]));
    });
  });
}
