import type { ShellRequest } from "#model/ports";
import type { ShellStatement } from "#model/shell-syntax";
import type { Span } from "#model/source";
import { parseShell } from "../shell-parser/parse-shell.ts";

/** Why: on the block's own first line, so that line numbers stay and options that print do not print ours. */
const begin = "{ __iplan_begin; } 2>/dev/null; ";

const carriageReturns = /\r+(?=\n|$)/g;

/**
 * Text of an action's block file. A carriage return before a line end is dropped, because a plan with CRLF line ends means the
 * same commands and bash would take it for part of a word; nothing else changes.
 */
export function actionScript(text: string, init = 0): string {
  const whole = text.replace(carriageReturns, "");
  return `${begin}${whole.slice(0, init)}${init === 0 ? "" : established}${whole.slice(init)}\n`;
}

/** Why: that the session is established shows by a file, because the state may be lost when the block ends. */
const established = '\n{ builtin printf x >>"$__iplan_spool/established"; } 2>/dev/null';

/** A request's text and spans without the carriage returns before line ends. */
function withoutCarriageReturns(request: Pick<ShellRequest, "text" | "statements">): { text: string; spans: Span[] } {
  const { text, statements = [] } = request;
  if (!text.includes("\r")) return { text, spans: [...statements] };
  const removed = [...text.matchAll(carriageReturns)];
  const lengthTo = (offset: number): number =>
    removed.reduce((length, { 0: run, index }) => length - Math.min(run.length, Math.max(0, offset - index)), offset);
  const spans = statements.map(({ start, end }) => ({ start: lengthTo(start), end: lengthTo(end) }));
  return { text: text.replace(carriageReturns, ""), spans };
}

/** Bodies of here-documents that a statement opens and that stand after it, each with its closing line. */
function bodiesAfter(text: string, statement: ShellStatement): string[] {
  const bodies: Span[] = [];
  const visit = (node: unknown): void => {
    if (typeof node !== "object" || node === null) return;
    if ("heredoc" in node) bodies.push((node as { heredoc: { body: Span } }).heredoc.body);
    for (const value of Object.values(node)) visit(value);
  };
  visit(statement.command);
  return bodies
    .filter(({ start }) => start >= statement.end)
    .map(({ start, end }) => text.slice(start, `${text}\n`.indexOf("\n", end)));
}

/** One statement as a script of its own: with the `&` behind it and the here-documents below it. */
function pieceText(text: string, span: Span, statement: ShellStatement | undefined): string {
  const own = text.slice(span.start, span.end);
  if (statement === undefined) return own;
  return [statement.background ? `${own} &` : own, ...bodiesAfter(text, statement), ...plainNo(statement)].join("\n");
}

/** Programs whose status 2 and above says that they met trouble, not that the answer is no. */
const answering = new Set(["grep", "egrep", "fgrep", "zgrep", "rg", "diff", "cmp", "test", "["]);

/** Why: `! grep -q x file` must not pass because the file is missing, nor `! tool` because there is no such tool. */
function plainNo({ command, background }: ShellStatement): string[] {
  if (background || command.kind !== "pipeline" || !command.negated) return [];
  const ended = command.commands.map((each, index) => {
    const program = each.kind === "simple" ? each.words[0]?.literal : undefined;
    const least = each.kind === "test" || answering.has(program ?? "") ? 2 : 126;
    return `"\${PIPESTATUS[${index}]}:${least}"`;
  });
  return [`{ __iplan_negated $? ${ended.join(" ")}; } 2>/dev/null`];
}

/** Texts of a verification's statements, each a script that can be sourced alone. */
export function piecesOf(request: Pick<ShellRequest, "text" | "statements">): string[] {
  const { text, spans } = withoutCarriageReturns(request);
  const statements = new Map(parseShell(text).statements.map((statement) => [statement.start, statement]));
  return spans.map((span) => `${begin}${pieceText(text, span, statements.get(span.start))}\n`);
}

/** Text of a verification's block file: each piece is sourced in turn, its output goes to a file of its own. Nothing runs behind an establishing one that failed. */
export function verificationScript(count: number, establishing = 0): string {
  const lines = Array.from({ length: count }, (_, index) => [
    ...(count > 1 ? [`command exec >>"$__iplan_spool/output.${index}" 2>&1`] : []),
    `__iplan_open ${index}`,
    `builtin source "$__iplan_session/statement.${index}"`,
    "{ __iplan_close $?; } 2>/dev/null",
    ...(index < establishing ? ['[[ $__iplan_failed == 0 ]] || builtin exit "$__iplan_failed"'] : []),
  ]);
  return [...lines.flat(), 'builtin exit "$__iplan_failed"', ""].join("\n");
}
