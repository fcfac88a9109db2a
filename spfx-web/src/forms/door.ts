/** The only door to the browser module. Nothing else imports what is generated. */
import type { Masters, Schema, Values, Verdict } from './model';

/** A form that is being filled in. */
export interface Checker {
  check(values: Values): Verdict;
}

interface Module {
  Form: new (schema: string, context: string) => { check(values: string): string; free(): void };
}

let opening: Promise<Module> | undefined;

async function load(): Promise<Module> {
  const [glue, { base64 }] = await Promise.all([
    import(/* webpackChunkName: 'forms' */ './generated/glue'),
    import(/* webpackChunkName: 'forms' */ './generated/bytes')
  ]);
  const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  await glue.default({ module_or_path: bytes });
  return glue as unknown as Module;
}

function openModule(): Promise<Module> {
  opening ??= load();
  // A chunk that could not be fetched once may come the next time.
  opening.catch(() => {
    opening = undefined;
  });
  return opening;
}

/** Rejects if the module cannot be loaded or the schema is senseless; the form then works unchecked. */
export async function openChecker(schema: Schema, masters: Masters, today: string): Promise<Checker> {
  const { Form } = await openModule();
  const form = new Form(JSON.stringify(schema), JSON.stringify({ today, masters }));
  return { check: (values) => JSON.parse(form.check(JSON.stringify(values))) as Verdict };
}
