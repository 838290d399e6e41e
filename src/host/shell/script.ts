import type { ShellProcess, ShellRequest } from "#model/ports";

/** Why: on the block's own first line, so that line numbers stay and options that print do not print ours. */
const begin = "{ __iplan_begin; } 2>/dev/null; ";

/** Why: the block file itself names its process, so that a tool which died before it wrote that down can be followed. */
const processMark = /^(?:\{|#) __iplan_begin (\d+) (\S+);/;

/** The process that a block file was written for. */
export function processOf(script: string): ShellProcess | undefined {
  const match = processMark.exec(script);
  return match === null ? undefined : { pid: Number(match[1]), startTime: match[2] ?? "" };
}

/** A piece of a verification and the statements it stands for: more than one when their texts cannot be told apart. */
export interface Piece {
  readonly text: string;
  readonly statements: readonly number[];
}

/** The text with CRLF line ends made LF: bash would take the carriage return for part of a word. */
function withoutCarriageReturns(text: string): string {
  return text.replace(/\r+(?=\n|$)/g, "");
}

/**
 * Text of an action's block file. A carriage return before a line end is dropped, because a plan with CRLF line ends means the
 * same commands; nothing else changes.
 */
export function actionScript(text: string, { pid, startTime }: ShellProcess): string {
  return `{ __iplan_begin ${pid} ${startTime}; } 2>/dev/null; ${withoutCarriageReturns(text)}\n`;
}

/** Why: a span ends before the `&` that sends its statement to the background, and without it the block would wait. */
function withBackground(text: string, end: number): number {
  const rest = /^[ \t]*&(?!&)/.exec(text.slice(end, end + 40));
  return rest === null ? end : end + rest[0].length;
}

/** Cuts a verification into pieces; statements whose spans overlap (a here-document with a second command on its line) stay together. */
export function piecesOf(request: Pick<ShellRequest, "text" | "statements">): Piece[] {
  const pieces: { start: number; end: number; statements: number[] }[] = [];
  for (const [index, span] of (request.statements ?? []).entries()) {
    const end = withBackground(request.text, span.end);
    const last = pieces.at(-1);
    if (last !== undefined && span.start < last.end) {
      last.end = Math.max(last.end, end);
      last.statements.push(index);
    } else pieces.push({ start: span.start, end, statements: [index] });
  }
  return pieces.map(({ start, end, statements }) => ({
    text: `${begin}${withoutCarriageReturns(request.text.slice(start, end))}\n`,
    statements,
  }));
}

/** Text of a verification's block file: each piece is sourced in turn, its output goes to a file of its own. */
export function verificationScript(count: number, { pid, startTime }: ShellProcess): string {
  const lines = Array.from({ length: count }, (_, index) => [
    ...(count > 1 ? [`command exec >>"$__iplan_spool/output.${index}" 2>&1`] : []),
    `__iplan_open ${index}`,
    `builtin source "$__iplan_spool/statement.${index}"`,
    "{ __iplan_close $?; } 2>/dev/null",
  ]);
  return [`# __iplan_begin ${pid} ${startTime};`, ...lines.flat(), 'builtin exit "$__iplan_failed"', ""].join("\n");
}
