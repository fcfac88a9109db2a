/** Which application an address of the page asks for. Pure. */
import { formOf, type Form } from '../data/address';

export type Linked = { number: string } | { form: Form };

/** `?application=` with a number, or with the address of the item's form as a mail names it. */
export function linked(search: string): Linked | undefined {
  const asked = new URLSearchParams(search).get('application')?.trim();
  if (!asked) return undefined;
  const form = formOf(asked);
  return form ? { form } : { number: asked };
}
