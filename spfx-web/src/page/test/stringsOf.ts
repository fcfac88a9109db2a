import { readFileSync } from 'fs';
import { join } from 'path';
import { runInNewContext } from 'vm';

import type { Strings } from '../strings';

const LOC = join(__dirname, '../../../src/loc');

/** The words of a language, as SPFx would load them. */
export function stringsOf(locale: string): Strings {
  const source = readFileSync(join(LOC, `${locale}.js`), 'utf8');
  let strings: Strings | undefined;
  // The files are AMD modules without dependencies.
  const define = (_: string[], factory: () => Strings): void => {
    strings = factory();
  };
  runInNewContext(source, { define });
  return strings as Strings;
}
