import type { ShellRedirect, ShellScript, ShellWord } from "#model/shell-syntax";
import type { Span } from "#model/source";
import { readDoublePiece } from "./expansions.ts";
import { NotBash, type PendingHeredoc, type Reader, type WordContent, skipBlanks } from "./reader.ts";
import { readWord, unexpected } from "./words.ts";

const operators = ["&>>", "&>", "<<<", "<<-", "<<", "<>", "<&", ">>", ">|", ">&", "<", ">"];
/** What a redirection begins with: an operator, a number or a name in braces. */
const beginnings = "&<>{0123456789";
const descriptor = /\d+(?=[<>])|\{[A-Za-z_][A-Za-z0-9_]*\}(?=[<>])/y;

/** Reads a redirection, or gives undefined when none starts here. A here-document's body is read at the next line end. */
export function readRedirect(reader: Reader): ShellRedirect | undefined {
  const start = reader.position;
  if (!beginnings.includes(reader.peek())) return undefined;
  descriptor.lastIndex = start;
  const number = descriptor.exec(reader.text)?.[0] ?? "";
  const at = start + number.length;
  const operator = operators.find(
    (candidate) => at + candidate.length <= reader.end && reader.text.startsWith(candidate, at),
  );
  if (operator === undefined) return undefined;
  // Why: `<(…)` and `>(…)` are words.
  if (number === "" && operator.length === 1 && reader.text[at + 1] === "(") return undefined;
  reader.advance(number.length + operator.length);
  skipBlanks(reader);
  const target = readWord(reader);
  if (target === undefined) return reader.fail(unexpected(reader));
  const head = { ...reader.span(start), operator };
  const numbered = /^\d/.test(number) ? { ...head, descriptor: Number(number) } : head;
  if (operator !== "<<" && operator !== "<<-") return { ...numbered, target };
  return { ...numbered, target, heredoc: expectHeredoc(reader, target, operator === "<<-") };
}

type Heredoc = NonNullable<ShellRedirect["heredoc"]>;

function expectHeredoc(reader: Reader, target: ShellWord, stripTabs: boolean): Heredoc {
  const quoted = /["'\\]/.test(target.raw);
  const delimiter = quoted ? (target.literal ?? target.raw.replace(/["'\\]/g, "")) : target.raw;
  const heredoc: { -readonly [K in keyof Heredoc]: Heredoc[K] } = {
    delimiter,
    quoted,
    body: reader.span(reader.end, reader.end),
    terminated: false,
    substitutions: [],
    variables: [],
  };
  const place = reader.span(target.start, target.end);
  reader.pending.push({
    delimiter,
    quoted,
    stripTabs,
    abandon() {
      reader.errors.push({ ...place, message: `the here-document's closing line \`${delimiter}\` is missing` });
    },
    close(body: Span, terminated: boolean, content: WordContent) {
      heredoc.body = body;
      heredoc.terminated = terminated;
      heredoc.substitutions = content.substitutions;
      heredoc.variables = content.variables;
    },
  });
  return heredoc;
}

/** Moves over a line end and the bodies of the here-documents it opens. */
export function readLineEnd(reader: Reader): void {
  reader.advance();
  readHeredocs(reader);
}

/** Reads the bodies of the here-documents that are waiting; at the end of the text they are unterminated. */
export function readHeredocs(reader: Reader): void {
  const pending = reader.pending;
  reader.pending = [];
  for (const heredoc of pending) readBody(reader, heredoc);
}

function readBody(reader: Reader, heredoc: PendingHeredoc): void {
  const start = reader.position;
  while (!reader.atEnd) {
    const found = reader.text.indexOf("\n", reader.position);
    const lineEnd = found < 0 || found > reader.end ? reader.end : found;
    const line = reader.text.slice(reader.position, lineEnd);
    const bodyEnd = reader.position;
    reader.advance(Math.min(lineEnd + 1, reader.end) - reader.position);
    if ((heredoc.stripTabs ? line.replace(/^\t+/, "") : line) !== heredoc.delimiter) continue;
    heredoc.close(reader.span(start, bodyEnd), true, contentOf(reader, heredoc, start, bodyEnd));
    return;
  }
  const end = Math.max(start, reader.end);
  heredoc.close(reader.span(start, end), false, contentOf(reader, heredoc, start, end));
  heredoc.abandon();
}

function contentOf(reader: Reader, heredoc: PendingHeredoc, start: number, end: number): WordContent {
  const substitutions: ShellScript[] = [];
  const content: WordContent = { substitutions, variables: [] };
  if (heredoc.quoted) return content;
  const body = reader.part(start, end);
  try {
    while (!body.atEnd) readDoublePiece(body, content);
  } catch (error) {
    // Why: bash expands the body only when the command runs; what is wrong in it is no syntax error.
    if (!(error instanceof NotBash)) throw error;
  }
  return content;
}
