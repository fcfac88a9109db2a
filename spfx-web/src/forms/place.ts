/** Where an issue stands: a field of the form, a row, or a field of a row (`people[3].upnLocal`). */
export interface Place {
  key: string;
  /** From 0. */
  row?: number;
  inner?: string;
}

const PATH = /^(\w+)\[(\d+)\](?:\.(\w+))?$/;

export function placeOf(path: string): Place {
  const found = PATH.exec(path);
  if (!found) return { key: path };
  return { key: found[1], row: Number(found[2]), inner: found[3] };
}

/** How an issue of a field of a row is named. */
export function pathOf(key: string, row: number, inner: string): string {
  return `${key}[${row}].${inner}`;
}
