/** What a form begins with. Pure. */
import type { Application, Origin, Row, Workflow } from '../../data/model';
import { fieldsOf, rowFieldsOf, type Field, type RowValues, type Schema, type Values } from '../../forms/model';
import { pathOf } from '../../forms/place';

export interface Beginning {
  /** The row that is changed; a new form has none. */
  row?: Row;
  /** What happened to it, where it came back. */
  told?: Pick<Application, 'history' | 'events'>;
  /** First answers of a new form, in place of its defaults. */
  values?: Values;
  origin?: Origin;
  /** 再申請: number of the application whose form lies in somebody else's row. */
  again?: string;
  /** Where a date was left out because it has passed. */
  emptied?: string[];
}

function isOver(field: Field, answer: unknown, today: string): boolean {
  return field.input.type === 'date' && typeof answer === 'string' && answer < today;
}

/** The answers to these questions, and the keys of dates that have passed. */
function kept<T>(fields: Field[], values: Record<string, T>, today: string): { values: Record<string, T>; over: string[] } {
  const asked = fields.filter((field) => field.key in values);
  const [over, good] = [true, false].map((wanted) =>
    asked.filter((field) => isOver(field, values[field.key], today) === wanted)
  );
  return {
    values: Object.fromEntries(good.map((field) => [field.key, values[field.key]])),
    over: over.map((field) => field.key)
  };
}

/** A new form with the answers of an old one: what is still asked, without attachments and without dates that have passed. */
export function copyOf(schema: Schema, old: Values, today: string): Beginning {
  const fields = fieldsOf(schema);
  const { values, over } = kept(fields, old, today);
  const emptied = [...over];
  for (const field of fields) {
    const rows = values[field.key];
    if (field.input.type !== 'rows' || !Array.isArray(rows)) continue;
    values[field.key] = (rows as RowValues[]).map((row, at) => {
      const one = kept(rowFieldsOf(field), row, today);
      emptied.push(...one.over.map((key) => pathOf(field.key, at, key)));
      return one.values;
    });
  }
  return { values, emptied };
}

/** 再申請 of what somebody else applied for: the sealed form, to be corrected. */
export function resubmissionOf(schema: Schema, old: Values, again: string): Beginning {
  return { values: amendmentOf(schema, old, again).values, again };
}

/** 更新申請: nothing is kept, for all that is asked is new. */
export function renewalOf(original: string): Beginning {
  return { values: {}, origin: { original, link: '更新申請' } };
}

/** What a renewal asks: until when, and what its definition names. The rest is the original's. */
export function renewalForm({ form, end }: Workflow): Schema {
  const asked = end ? [end.field, ...(end.renewal ?? [])] : [];
  const sections = form.sections.map((section) => ({
    ...section,
    fields: section.fields
      .filter(({ key }) => asked.includes(key))
      .map((field) => (field.key === end?.field ? { ...field, required: true } : field))
  }));
  return { sections: sections.filter(({ fields }) => fields.length > 0) };
}

/** What has no end is not given one by an amendment. */
export function endlessForm({ form, end }: Workflow): Schema {
  const sections = form.sections.map((section) => ({
    ...section,
    fields: section.fields.filter(({ key }) => key !== end?.field)
  }));
  return { ...form, sections };
}

/** 変更申請: the form as it was carried out, to be changed. */
export function amendmentOf(schema: Schema, old: Values, original: string): Beginning {
  const values = Object.fromEntries(fieldsOf(schema).filter(({ key }) => key in old).map(({ key }) => [key, old[key]]));
  return { values, origin: { original, link: '変更申請' } };
}
