import type { ShellScript } from "#model/shell-syntax";
import type { Reader, WordContent } from "./reader.ts";
import { NotBash } from "./reader.ts";

const name = /[A-Za-z_][A-Za-z0-9_]*/y;
const special = "@*#?-$!0123456789";

/** The identifier at a position, or nothing. */
export function identifierAt(text: string, position: number): string | undefined {
  name.lastIndex = position;
  return name.exec(text)?.[0];
}

/**
 * Reads what follows a `$`: `$x`, `${…}`, `$(…)`, `$((…))`, `$[…]`. True when it was an expansion; a lone `$` is read as itself
 * and gives false. `$'…'` and `$"…"` are the caller's.
 */
export function readDollar(reader: Reader, content: WordContent, inDouble: boolean): boolean {
  const start = reader.position;
  reader.advance();
  const next = reader.peek();
  if (next === "(") {
    readParenthesis(reader, content, start);
    return true;
  }
  if (next === "{") {
    reader.nest(() => readBraces(reader, content, inDouble, start));
    return true;
  }
  if (next === "[") {
    reader.advance();
    skipMatched(reader, content, "[", "]", start);
    return true;
  }
  const identifier = identifierAt(reader.text, reader.position);
  if (identifier !== undefined && reader.position + identifier.length <= reader.end) {
    content.variables.push(identifier);
    reader.advance(identifier.length);
    return true;
  }
  if (next === "" || !special.includes(next)) return false;
  content.variables.push(next);
  reader.advance();
  return true;
}

function readParenthesis(reader: Reader, content: WordContent, start: number): void {
  if (reader.peek(1) === "(") {
    readArithmeticOrCommand(reader, content, start);
    return;
  }
  reader.advance();
  content.substitutions.push(readNested(reader, start));
}

/** Reads a script up to its `)`, which is consumed. */
export function readNested(reader: Reader, start: number): ShellScript {
  const pending = reader.pending;
  reader.pending = [];
  const script = reader.nest(() => reader.readScript(reader));
  for (const heredoc of reader.pending) heredoc.abandon();
  reader.pending = pending;
  if (reader.peek() !== ")") reader.fail("the closing `)` is missing", start, start + 2);
  reader.advance();
  return script;
}

/** `$((1 + 2))`, or `$((a) | (b))`, which is a command: told apart as bash does, by the two closing parentheses. */
function readArithmeticOrCommand(reader: Reader, content: WordContent, start: number): void {
  const inner: WordContent = { substitutions: [], variables: [] };
  const bodyStart = reader.position + 1;
  reader.advance(2);
  skipMatched(reader, inner, "(", ")", start);
  if (reader.peek() === ")") {
    reader.advance();
    content.substitutions.push(...inner.substitutions);
    content.variables.push(...inner.variables);
    return;
  }
  skipMatched(reader, inner, "(", ")", start);
  const part = reader.part(bodyStart, reader.position - 1);
  content.substitutions.push(readQuietly(part));
}

/** Reads a script whose errors bash only meets when it runs it. */
export function readQuietly(reader: Reader): ShellScript {
  const start = reader.position;
  try {
    return reader.nest(() => reader.readScript(reader));
  } catch (error) {
    if (!(error instanceof NotBash)) throw error;
    return { ...reader.span(start, reader.end), statements: [] };
  }
}

function readBraces(reader: Reader, content: WordContent, inDouble: boolean, start: number): void {
  reader.advance();
  if (reader.peek() === "#" || reader.peek() === "!") {
    if (reader.peek(1) !== "}") reader.advance();
  }
  const identifier = identifierAt(reader.text, reader.position);
  if (identifier !== undefined) {
    content.variables.push(identifier);
    reader.advance(identifier.length);
  }
  while (!reader.atEnd) {
    if (reader.peek() === "}") {
      reader.advance();
      return;
    }
    readInside(reader, content, inDouble);
  }
  reader.fail("the closing `}` is missing", start, start + 2);
}

/** Moves over matched brackets, reading the expansions within; gives the place of the closing one, which is consumed. */
export function skipMatched(reader: Reader, content: WordContent, open: string, close: string, start: number): number {
  return reader.nest(() => skipToClosing(reader, content, open, close, start));
}

function skipToClosing(reader: Reader, content: WordContent, open: string, close: string, start: number): number {
  let depth = 1;
  while (!reader.atEnd) {
    const next = reader.peek();
    if (next === open) depth += 1;
    if (next === close) depth -= 1;
    if (next !== open && next !== close) {
      readInside(reader, content, false);
      continue;
    }
    reader.advance();
    if (depth === 0) return reader.position - 1;
  }
  return reader.fail(`the closing \`${close}\` is missing`, start);
}

/** One piece inside brackets: a quoted string, an expansion, or one character. */
function readInside(reader: Reader, content: WordContent, inDouble: boolean): void {
  const next = reader.peek();
  if (next === "\\") reader.advance(2);
  else if (next === "'") skipSingle(reader);
  else if (next === '"') readDouble(reader, content);
  else if (next === "`") readBackquote(reader, content);
  else if (next === "$" && reader.peek(1) === "'" && !inDouble) readAnsi(reader);
  else if (next === "$") readDollar(reader, content, inDouble);
  else reader.advance();
}

/** Reads `'…'`; the value is the text between. */
export function skipSingle(reader: Reader): string {
  const start = reader.position;
  const close = reader.text.indexOf("'", start + 1);
  if (close < 0 || close >= reader.end) return reader.fail("the closing `'` is missing", start);
  reader.advance(close + 1 - start);
  return reader.text.slice(start + 1, close);
}

const ansiEscapes: Readonly<Record<string, string>> = {
  n: "\n",
  t: "\t",
  r: "\r",
  a: "\u0007",
  b: "\b",
  e: "\u001b",
  f: "\f",
  v: "\v",
};

/** Reads `$'…'`; the value has its common escapes decoded. */
export function readAnsi(reader: Reader): string {
  const start = reader.position;
  reader.advance(2);
  let value = "";
  while (!reader.atEnd) {
    const next = reader.peek();
    if (next === "'") {
      reader.advance();
      return value;
    }
    if (next === "\\") {
      value += ansiEscapes[reader.peek(1)] ?? reader.peek(1);
      reader.advance(2);
      continue;
    }
    value += next;
    reader.advance();
  }
  return reader.fail("the closing `'` is missing", start, start + 2);
}

/** Reads `"…"`; gives its value when it holds no expansion. */
export function readDouble(reader: Reader, content: WordContent): string | undefined {
  const start = reader.position;
  reader.advance();
  let value: string | undefined = "";
  while (!reader.atEnd) {
    if (reader.peek() === '"') {
      reader.advance();
      return value;
    }
    const piece = readDoublePiece(reader, content);
    value = value === undefined || piece === undefined ? undefined : value + piece;
  }
  return reader.fail('the closing `"` is missing', start);
}

/** One piece of a double-quoted text or of a here-document's body: its value, or undefined for an expansion. */
export function readDoublePiece(reader: Reader, content: WordContent): string | undefined {
  const next = reader.peek();
  if (next === "\\") {
    const escaped = reader.peek(1);
    reader.advance(2);
    if (escaped === "\n") return "";
    return '$`"\\'.includes(escaped) ? escaped : `\\${escaped}`;
  }
  if (next === "`") {
    readBackquote(reader, content);
    return undefined;
  }
  if (next === "$") return readDollar(reader, content, true) ? undefined : "$";
  reader.advance();
  return next;
}

/** Reads a backquoted command. */
export function readBackquote(reader: Reader, content: WordContent): void {
  const start = reader.position;
  reader.advance();
  let escaped = false;
  while (!reader.atEnd && reader.peek() !== "`") {
    if (reader.peek() === "\\") {
      escaped = true;
      reader.advance();
    }
    reader.advance();
  }
  if (reader.atEnd) reader.fail("the closing backquote is missing", start);
  const close = reader.position;
  reader.advance();
  const body = reader.text.slice(start + 1, close);
  const inner = escaped
    ? reader.copy(body.replace(/\\([$`\\])/g, "$1"), { start, end: reader.position })
    : reader.part(start + 1, close);
  content.substitutions.push(readQuietly(inner));
}
