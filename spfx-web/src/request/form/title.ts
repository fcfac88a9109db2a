import type { Origin, Workflow } from '../../data/model';
import { fieldsOf, type Values } from '../../forms/model';

/** SharePoint: a single line of text holds 255 characters. */
const TITLE_MAX = 255;

/** What the row is called in the list: the workflow, and the first words that were entered. */
export function titleOf(workflow: Workflow, values: Values, origin: Origin = {}): string {
  const first = fieldsOf(workflow.form)
    .filter((field) => field.input.type === 'text')
    .map((field) => values[field.key])
    .find((value) => typeof value === 'string' && value !== '');
  const title = first === undefined ? workflow.title.ja : `${workflow.title.ja}: ${first as string}`;
  return (origin.link ? `${origin.link} ${origin.original ?? ''} ${title}` : title).slice(0, TITLE_MAX);
}
