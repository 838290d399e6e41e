import { type BlockTape, kindNumber, mark } from "./block-tape.ts";
import { isBlank } from "./line-cursor.ts";

const pipe = 124;
const dash = 45;
const colon = 58;
const backslash = 92;

/** The number of columns a delimiter row between `from` and `end` names; 0 when the line is none. */
export function delimiterColumns(text: string, from: number, end: number): number {
  let at = from;
  let columns = 0;
  let signs = 0;
  const skip = (): void => {
    while (at < end && isBlank(text.charCodeAt(at))) at++;
  };
  while (at < end) {
    if (text.charCodeAt(at) === pipe) {
      signs++;
      at++;
      skip();
      if (at === end) break;
    } else if (columns > 0) return 0;
    if (text.charCodeAt(at) === colon) {
      signs++;
      at++;
    }
    const start = at;
    while (at < end && text.charCodeAt(at) === dash) at++;
    if (at === start) return 0;
    columns++;
    if (at < end && text.charCodeAt(at) === colon) {
      signs++;
      at++;
    }
    skip();
  }
  return signs > 0 ? columns : 0;
}

/** The number of cells a header row between `from` and `end` has; 0 for a lone pipe. */
export function headerColumns(text: string, from: number, end: number): number {
  let open = text.charCodeAt(from) !== pipe;
  let size = 0;
  let seen = 0;
  for (let at = from; at < end; at++) {
    const code = text.charCodeAt(at);
    if (isBlank(code)) continue;
    seen++;
    if (open) {
      open = false;
      size++;
    }
    if (code === pipe) open = true;
    else if (code === backslash && isEscaped(text.charCodeAt(at + 1))) {
      at++;
      seen++;
    }
  }
  return seen > 1 || text.charCodeAt(from) !== pipe ? size : 0;
}

/** Puts a row and its cells on the tape. */
export function pushRow(
  tape: BlockTape,
  text: string,
  table: number,
  from: number,
  end: number,
  header: boolean,
): void {
  const row = tape.push(kindNumber["table-row"], from, table);
  if (header) tape.add(row, mark.header);
  pushCells(tape, text, row, from, end);
  tape.close(row, end);
}

function pushCells(tape: BlockTape, text: string, row: number, from: number, end: number): void {
  let cell = from;
  let first = -1;
  let last = -1;
  let at = from;
  if (text.charCodeAt(from) === pipe) at++;
  for (; at < end; at++) {
    const code = text.charCodeAt(at);
    if (code === pipe) {
      const rest = skipBlanks(text, at + 1, end);
      pushCell(tape, row, cell, rest === end ? end : at, first < 0 ? cell + 1 : first, first < 0 ? cell + 1 : last);
      if (rest === end) return;
      cell = at;
      first = -1;
    } else if (!isBlank(code)) {
      if (first < 0) first = at;
      if (code === backslash && isEscaped(text.charCodeAt(at + 1)) && at + 1 < end) at++;
      last = at + 1;
    }
  }
  pushCell(
    tape,
    row,
    cell,
    end,
    first < 0 ? Math.min(cell + 1, end) : first,
    first < 0 ? Math.min(cell + 1, end) : last,
  );
}

function pushCell(tape: BlockTape, row: number, start: number, end: number, first: number, last: number): void {
  const cell = tape.push(kindNumber["table-cell"], start, row);
  tape.setContent(cell, first, last);
  tape.close(cell, end);
}

function skipBlanks(text: string, from: number, end: number): number {
  let at = from;
  while (at < end && isBlank(text.charCodeAt(at))) at++;
  return at;
}

function isEscaped(code: number): boolean {
  return code === backslash || code === pipe;
}
