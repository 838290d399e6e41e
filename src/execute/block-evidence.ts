import { keepEvidence } from "#journal/evidence";
import type { ShellResult, StatementResult } from "#model/ports";
import type { CommandResult, Evidence, OutputReading, ShellExit } from "#model/run";
import type { UnderstoodBlock } from "#model/understanding";
import { usedVariables } from "#plan/shell/used-variables";
import { invokedBy } from "#plan/shell/handed-script";
import { givesVerdict } from "#plan/vacuity/check-kind";
import { knownCheck } from "#plan/vacuity/recognised-checks";
import type { LiveRun } from "./live-run.ts";
import { createOutputReader, hasTold, joinReadings } from "./output-reader.ts";
import { findMissing } from "./premises.ts";

/** The two roles that run. */
export function roleOf(block: UnderstoodBlock): "action" | "verification" {
  return block.role === "verification" ? "verification" : "action";
}

/** The statements a verification is run by: what the understanding found, else what the syntax tree says. */
export function statementsOf(block: UnderstoodBlock): readonly { readonly start: number; readonly end: number }[] {
  const found = block.vacuity?.statements ?? block.syntax?.statements ?? [];
  const spans = found.map(({ start, end }) => ({ start, end }));
  return spans.length > 0 ? spans : [{ start: 0, end: block.block.text.length }];
}

/** What a block left behind as proof: its redacted output is in the evidence folder when this returns. */
export function evidenceOf(
  run: LiveRun,
  block: UnderstoodBlock,
  result: ShellResult,
  frame: { readonly startedAt: string; readonly role: Evidence["role"]; readonly directory: string | undefined },
): Evidence {
  const { host, root } = run.context;
  const reader = createOutputReader();
  const statements = result.statements ?? [];
  const marks = [...new Set(statements.flatMap((each) => [each.outputStart, each.outputEnd]))].sort((a, b) => a - b);
  const kept = keepEvidence(host, {
    output: result.output,
    root,
    draft: run.id,
    redaction: run.byteRedaction,
    marks,
    observe: reader,
  });
  const readings = reader.readings();
  const printed = new Map(
    marks.map((mark, index) => [mark, { at: kept.marks[index] ?? 0, before: readings[index] ?? noReading }]),
  );
  const { role, startedAt, directory } = frame;
  const variables = block.syntax === undefined ? [] : usedVariables(block.syntax);
  const commands = role === "verification" ? commandsOf(block, result, printed) : [];
  const premises = directory === undefined ? [] : (block.vacuity?.premises ?? []);
  const missing = [...cutChecks(block, commands), ...findMissing(host.files, directory ?? root, premises)];
  const tools = { ...run.tools, ...(result.version === undefined ? {} : { bash: result.version }) };
  const reading = { ...joinReadings(readings), ...(missing.length === 0 ? {} : { missing }) };
  return {
    block: block.digest,
    role,
    ...(result.directory === undefined ? {} : { directory: relativeTo(root, result.directory) }),
    ...(result.exported === undefined ? {} : { exported: result.exported }),
    ...(role === "verification" ? {} : { text: block.block.text }),
    ...(variables.length === 0 ? {} : { variables }),
    ...(Object.keys(tools).length === 0 ? {} : { tools }),
    exit: exitWithout(result.exit, commands),
    startedAt,
    durationMs: result.durationMs,
    ...(kept.output === undefined ? {} : { output: kept.output }),
    ...(role === "verification" ? { commands } : {}),
    ...(hasTold(reading) ? { reading } : {}),
  };
}

const noReading: OutputReading = { summaries: [], alarms: [] };

/** Why: the shell of a verification ends with the status of the first statement that failed, which may be one that counts as passed. */
function exitWithout(exit: ShellExit, commands: readonly CommandResult[]): ShellExit {
  if (!commands.some((command) => command.cutShort === true || command.demanded === true)) return exit;
  const failing = commands.find((command) => command.demanded !== true && command.exit.status !== 0);
  return exit.status === undefined ? exit : { ...exit, status: failing?.exit.status ?? 0 };
}

/** Where a statement's output lies in the redacted one, and what it tells. */
type Printed = ReadonlyMap<number, { readonly at: number; readonly before: OutputReading }>;

/** Each statement of a verification with how it ended. The one that ended the shell has the shell's status; later ones have none. */
function commandsOf(block: UnderstoodBlock, result: ShellResult, printed: Printed): readonly CommandResult[] {
  const { statements = [] } = result;
  const ended = new Map(statements.map((each) => [each.index, each]));
  // Why: a shell that told its end itself has told the end of every statement it reached.
  // An init that failed ended the shell by its own status; what stands behind it was never begun.
  let shellEnded =
    result.isComplete === true || (result.unestablished === true && statements.some(({ status }) => status !== 0));
  return statementsOf(block).map(({ start, end }, index) => {
    const text = block.block.text.slice(start, end).trim();
    const statement = ended.get(index);
    if (statement !== undefined) return { text, ...endOf(block, statement, start, printed) };
    const unreached = result.isComplete === true && result.exit.status === 0;
    const exit = shellEnded ? {} : result.exit;
    shellEnded = true;
    return { text, exit, durationMs: 0, ...(unreached ? { unreached } : {}) };
  });
}

function endOf(
  block: UnderstoodBlock,
  { index, status, durationMs, outputStart, outputEnd }: StatementResult,
  start: number,
  printed: Printed,
): Omit<CommandResult, "text"> {
  const cut = status === brokenPipe && readsNoFurther(block, start);
  const reading = outputEnd > outputStart ? printed.get(outputEnd)?.before : undefined;
  const demanded = status !== 0 && !notFound.has(status) && block.vacuity?.statements[index]?.mayFail === true;
  return {
    exit: { status: cut ? 0 : status },
    durationMs,
    output: { start: printed.get(outputStart)?.at ?? 0, end: printed.get(outputEnd)?.at ?? 0 },
    ...(cut ? { cutShort: true } : {}),
    ...(demanded ? { demanded } : {}),
    ...(reading !== undefined && hasTold(reading) ? { reading } : {}),
  };
}

/** Statuses that say that a command is not there, or cannot be run. */
const notFound: ReadonlySet<number> = new Set([126, 127]);

/** Status of a command that wrote to a pipe nobody reads: 128 and SIGPIPE. */
const brokenPipe = 141;

/** Commands that may end before they have read everything. */
const early: ReadonlySet<string> = new Set(["grep", "egrep", "fgrep", "rg", "head", "sed", "awk"]);

/**
 * True for a pipeline whose last command may stop reading early. Under `pipefail` its status is that of the last command that
 * failed, so 141 says that all commands behind the one that was cut off passed.
 */
function readsNoFurther(block: UnderstoodBlock, start: number): boolean {
  const command = block.syntax?.statements.find((statement) => statement.start === start)?.command;
  const last = command?.kind === "pipeline" && !command.negated ? command.commands.at(-1) : undefined;
  return last?.kind === "simple" && early.has(last.words[0]?.literal ?? "");
}

/** Test runners and their like that were cut off before they gave their verdict: `pytest | head -1`. */
function cutChecks(block: UnderstoodBlock, commands: readonly CommandResult[]): readonly string[] {
  return commands.flatMap(({ cutShort }, index) => {
    const command = block.syntax?.statements[index]?.command;
    if (cutShort !== true || command?.kind !== "pipeline") return [];
    const names = command.commands.slice(0, -1).flatMap((each) => {
      const call = invokedBy(each);
      return call !== undefined && givesVerdict(knownCheck(call.program, call.values)?.kind) ? [call.program] : [];
    });
    return names.map((name) => `${name} was cut off by what reads it, before it came to its end`);
  });
}

/** A path inside the root relative to it (`.` for the root itself), any other as it is. */
export function relativeTo(root: string, path: string): string {
  if (path === root) return ".";
  return path.startsWith(`${root}/`) ? path.slice(root.length + 1) : path;
}
