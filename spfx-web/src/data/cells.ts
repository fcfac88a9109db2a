/** Text of spreadsheets as cells, and cells as CSV. Nothing here knows what a cell means: the checker does. */

/** Cells between `separator`s, quoted where they must be; rows end with a line. What is malformed is kept as it is. */
export function cellsOf(text: string, separator: ',' | '\t'): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let cell = '';
  let quoted = false;
  const endCell = (): void => {
    row.push(cell);
    cell = '';
  };
  const endRow = (): void => {
    endCell();
    if (row.some((one) => one.trim())) rows.push(row);
    row = [];
  };
  const plain = text.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n');
  for (let at = 0; at < plain.length; at++) {
    const character = plain[at];
    if (quoted && character === '"' && plain[at + 1] === '"') {
      cell += '"';
      at++;
    } else if (character === '"' && (quoted || cell === '')) quoted = !quoted;
    else if (quoted) cell += character;
    else if (character === separator) endCell();
    else if (character === '\n') endRow();
    else cell += character;
  }
  endRow();
  return rows;
}

export function csvOf(rows: string[][]): string {
  return rows.map((row) => row.map((cell) => `"${cell.replace(/"/g, '""')}"`).join(',')).join('\r\n');
}
