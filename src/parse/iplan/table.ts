import type { AnyBlock, TableRowBlock } from "../block.ts";
import type { Passage } from "../passage.ts";
import { plainWords } from "../plain-words.ts";
import type { PlanReading } from "./reading.ts";

/** A row of a table: its cells' texts, trimmed. */
export interface TableRow {
  readonly block: TableRowBlock;
  readonly cells: readonly Passage[];
}

/** A table: the plain lower-case words of its header, and its rows. */
export interface Table {
  readonly block: AnyBlock;
  readonly columns: readonly string[];
  readonly header: TableRow | undefined;
  readonly rows: readonly TableRow[];
}

/** The tables among blocks. */
export function tablesOf(reading: PlanReading, blocks: readonly AnyBlock[]): Table[] {
  return blocks.filter((block) => block.kind === "table").map((block) => readTable(reading, block));
}

function readTable(reading: PlanReading, block: AnyBlock): Table {
  const rows = block.children
    .filter((child) => child.kind === "table-row")
    .map((row) => ({ block: row, cells: row.children.map((cell) => reading.passageOf(cell).trim()) }));
  const header = rows.find((row) => row.block.header);
  return {
    block,
    columns: (header?.cells ?? []).map((cell) => plainWords(cell.line).toLowerCase()),
    header,
    rows: rows.filter((row) => !row.block.header),
  };
}

/** The cell under the first column whose header is of that form; undefined when there is none or it is empty. */
export function cellUnder(table: Table, row: TableRow, form: RegExp): Passage | undefined {
  const cell = row.cells[table.columns.findIndex((column) => form.test(column))];
  const value = cell && unwrapped(cell);
  return value?.text === "" ? undefined : value;
}

/** A value without the code or bold signs that wrap all of it. */
export function unwrapped(value: Passage): Passage {
  const trimmed = value.trim();
  for (const sign of ["**", "`"]) {
    const { text } = trimmed;
    if (
      text.length > 2 * sign.length &&
      text.startsWith(sign) &&
      text.indexOf(sign, sign.length) === text.length - sign.length
    ) {
      return unwrapped(trimmed.sub(sign.length, text.length - sign.length));
    }
  }
  return trimmed;
}
