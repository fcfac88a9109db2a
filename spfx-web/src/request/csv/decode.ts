/** The bytes of a CSV file as text: UTF-8, with or without its mark, or else what Japanese spreadsheets write. */

export type Encoding = 'UTF-8' | 'Shift_JIS';

export interface Decoded {
  text: string;
  encoding: Encoding;
}

const LABELS: [string, Encoding][] = [
  ['utf-8', 'UTF-8'],
  ['shift_jis', 'Shift_JIS']
];

/** Nothing where the bytes are neither. */
export function decode(bytes: ArrayBuffer | Uint8Array): Decoded | undefined {
  for (const [label, encoding] of LABELS) {
    try {
      return { text: new TextDecoder(label, { fatal: true }).decode(bytes), encoding };
    } catch {
      // The next one may fit.
    }
  }
  return undefined;
}
