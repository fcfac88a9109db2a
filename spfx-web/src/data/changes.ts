/** The planned changes, line by line as the service writes them: `what: before → after`. Pure. */

export type Kind = 'created' | 'changed' | 'removed' | 'other';

export interface Change {
  kind: Kind;
  what: string;
  /** Empty: there was, or will be, nothing. */
  before: string;
  after: string;
}

const LINE = /^(.+?): (.*?) → (.*)$/;
/** The service's words for nothing. */
const NOTHING = ['（なし）', '(none)'];

function side(text: string): string {
  return NOTHING.includes(text) ? '' : text;
}

function kindOf(before: string, after: string): Kind {
  if (!before) return 'created';
  return after ? 'changed' : 'removed';
}

/** A line of another shape is kept as it is: nobody must decide without seeing it. */
export function changesOf(lines: string[]): Change[] {
  return lines.map((line) => {
    const found = LINE.exec(line);
    if (!found) return { kind: 'other', what: line, before: '', after: '' };
    const [before, after] = [side(found[2]), side(found[3])];
    return { kind: kindOf(before, after), what: found[1], before, after };
  });
}
