/** A cell of a table row: the text between its bars, blanks included, by offsets of the row. */
export interface TableCell {
  readonly start: number;
  readonly end: number;
}

/** The cells of a line that begins and ends with a bar; undefined for another line. An escaped bar ends no cell. */
export function cellsOf(line: string): readonly TableCell[] | undefined {
  const bars: number[] = [];
  for (let at = 0; at < line.length; at++) {
    if (line[at] === "\\") at++;
    else if (line[at] === "|") bars.push(at);
  }
  const [first] = bars;
  const last = bars.at(-1);
  const isRow = first !== undefined && last !== undefined && bars.length > 1;
  if (!isRow || line.slice(0, first).trim() !== "" || line.slice(last + 1).trim() !== "") return undefined;
  return bars.slice(1).map((end, index) => ({ start: (bars[index] ?? 0) + 1, end }));
}

/** A row of the same form: the same indentation, each cell with what it is given, or empty. */
export function rowLike(line: string, cells: readonly TableCell[], texts: ReadonlyMap<number, string>): string {
  const indent = line.slice(0, (cells[0]?.start ?? 1) - 1);
  return `${indent}|${cells.map((_, index) => ` ${(texts.get(index) ?? "").trim()} |`).join("")}`;
}

/** The head of the table whose row begins at an offset: its cells as texts; undefined where no row of dashes stands above. */
export function headOfTable(text: string, rowStart: number): readonly string[] | undefined {
  let below = "";
  for (let end = rowStart - 1; end > 0; ) {
    const start = text.lastIndexOf("\n", end - 1) + 1;
    const line = text.slice(start, end).replace(/\r$/u, "");
    const cells = cellsOf(line);
    if (cells === undefined) return undefined;
    if (/^[\s|:-]+$/u.test(below) && below !== "") return cells.map((cell) => line.slice(cell.start, cell.end).trim());
    below = line;
    end = start - 1;
  }
  return undefined;
}
