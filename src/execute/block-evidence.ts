import { keepEvidence } from "#journal/evidence";
import type { ShellResult } from "#model/ports";
import type { CommandResult, Evidence, ShellExit } from "#model/run";
import type { UnderstoodBlock } from "#model/understanding";
import { usedVariables } from "#plan/shell/used-variables";
import type { LiveRun } from "./live-run.ts";
import { createOutputReader } from "./output-reader.ts";

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
  frame: { readonly startedAt: string; readonly role: Evidence["role"] },
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
  const place = new Map(marks.map((mark, index) => [mark, kept.marks[index] ?? 0]));
  const reading = reader.reading();
  const told = reading.summaries.length > 0 || reading.alarms.length > 0;
  const { role, startedAt } = frame;
  const variables = block.syntax === undefined ? [] : usedVariables(block.syntax);
  const commands = role === "verification" ? commandsOf(block, result, place) : [];
  return {
    block: block.digest,
    role,
    ...(result.directory === undefined ? {} : { directory: relativeTo(root, result.directory) }),
    ...(result.exported === undefined ? {} : { exported: result.exported }),
    ...(role === "verification" ? {} : { text: block.block.text }),
    ...(variables.length === 0 ? {} : { variables }),
    ...(result.version === undefined ? {} : { tools: { bash: result.version } }),
    exit: commands.some((command) => command.cutShort === true) ? exitWithout(result.exit, commands) : result.exit,
    startedAt,
    durationMs: result.durationMs,
    ...(kept.output === undefined ? {} : { output: kept.output }),
    ...(role === "verification" ? { commands } : {}),
    ...(told ? { reading } : {}),
  };
}

/** Why: the shell of a verification ends with the status of the first statement that failed, which may be one that was cut short. */
function exitWithout(exit: ShellExit, commands: readonly CommandResult[]): ShellExit {
  if (exit.status !== brokenPipe) return exit;
  return { ...exit, status: commands.find((command) => command.exit.status !== 0)?.exit.status ?? 0 };
}

/** Each statement of a verification with how it ended. The one that ended the shell has the shell's status; later ones have none. */
function commandsOf(
  block: UnderstoodBlock,
  result: ShellResult,
  place: ReadonlyMap<number, number>,
): readonly CommandResult[] {
  const { statements = [] } = result;
  const ended = new Map(statements.map((each) => [each.index, each]));
  // Why: an init that failed ended the shell by its own status; what stands behind it was never begun.
  let shellEnded = result.unestablished === true && statements.some(({ status }) => status !== 0);
  return statementsOf(block).map(({ start, end }, index) => {
    const text = block.block.text.slice(start, end).trim();
    const statement = ended.get(index);
    if (statement !== undefined) {
      const cut = statement.status === brokenPipe && readsNoFurther(block, start);
      const output = { start: place.get(statement.outputStart) ?? 0, end: place.get(statement.outputEnd) ?? 0 };
      const exit = { status: cut ? 0 : statement.status };
      return { text, exit, durationMs: statement.durationMs, output, ...(cut ? { cutShort: true } : {}) };
    }
    const exit = shellEnded ? {} : result.exit;
    shellEnded = true;
    return { text, exit, durationMs: 0 };
  });
}

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

/** A path inside the root relative to it (`.` for the root itself), any other as it is. */
export function relativeTo(root: string, path: string): string {
  if (path === root) return ".";
  return path.startsWith(`${root}/`) ? path.slice(root.length + 1) : path;
}
