import type { ShellComment, ShellStatement, ShellSyntax, ShellSyntaxError } from "#model/shell-syntax";
import { readScript, readStatements } from "./commands.ts";
import { NotBash, Reader, TooMuch } from "./reader.ts";
import { readHeredocs } from "./redirects.ts";
import { unexpected } from "./words.ts";

/** Longer texts are not read: no block of a plan comes near. */
const longest = 1_000_000;
/** After this many errors the rest of the text is not tried any more. */
const mostErrors = 20;

/**
 * Reads bash text into typed nodes with UTF-16 spans, in linear time. Never throws. Only the first error of the grammar is
 * reported, as bash does; what follows it is still read as far as it makes sense, so that risks in it are seen.
 */
export function parseShell(text: string): ShellSyntax {
  const comments: ShellComment[] = [];
  const errors: ShellSyntaxError[] = [];
  if (text.length > longest) return unread(text);
  const reader = new Reader(text, text.length, {
    start: 0,
    comments,
    errors,
    budget: { steps: 40 * text.length + 10_000, depth: 0 },
    readScript,
    fixed: undefined,
    extendedPatterns: false,
  });
  try {
    const statements = readAll(reader);
    return { start: 0, end: text.length, statements, comments, errors: reported(errors), incomplete: false };
  } catch (error) {
    if (error instanceof TooMuch) return unread(text);
    throw error;
  }
}

function unread(text: string): ShellSyntax {
  return { start: 0, end: text.length, statements: [], comments: [], errors: [], incomplete: true };
}

function readAll(reader: Reader): ShellStatement[] {
  const statements: ShellStatement[] = [];
  for (let tries = 0; !reader.atEnd && tries < mostErrors; tries++) {
    const start = reader.position;
    try {
      readPart(reader, statements);
    } catch (error) {
      if (!(error instanceof NotBash)) throw error;
      reader.errors.push({ ...error.span, message: error.message });
      reader.pending = [];
      skipPast(reader, Math.max(start, error.span.start));
    }
  }
  return statements;
}

function readPart(reader: Reader, statements: ShellStatement[]): void {
  readStatements(reader, statements);
  readHeredocs(reader);
  if (!reader.atEnd) reader.fail(unexpected(reader));
}

function skipPast(reader: Reader, position: number): void {
  const line = reader.text.indexOf("\n", position);
  reader.position = line < 0 ? reader.end : line + 1;
}

/** The first error of the grammar and every unterminated here-document before it. */
function reported(errors: readonly ShellSyntaxError[]): readonly ShellSyntaxError[] {
  const first = errors.findIndex((error) => !error.message.startsWith("the here-document"));
  return first < 0 ? errors : errors.slice(0, first + 1);
}
