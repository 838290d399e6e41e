import { keepEvidence } from "#journal/evidence";
import type { ShellResult } from "#model/ports";
import type { CommandResult, Evidence } from "#model/run";
import type { UnderstoodBlock } from "#model/understanding";
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
    redaction: run.byteRedaction,
    marks,
    observe: reader.observe,
  });
  const place = new Map(marks.map((mark, index) => [mark, kept.marks[index] ?? 0]));
  const reading = reader.reading();
  const told = reading.summaries.length > 0 || reading.alarms.length > 0;
  const { role, startedAt } = frame;
  return {
    block: block.digest,
    role,
    ...(result.directory === undefined ? {} : { directory: relativeTo(root, result.directory) }),
    ...(result.exported === undefined ? {} : { exported: result.exported }),
    exit: result.exit,
    startedAt,
    durationMs: result.durationMs,
    ...(kept.output === undefined ? {} : { output: kept.output }),
    ...(role === "verification" ? { commands: commandsOf(block, result, place) } : {}),
    ...(told ? { reading } : {}),
  };
}

/** Each statement of a verification with how it ended. The one that ended the shell has the shell's status; later ones have none. */
function commandsOf(
  block: UnderstoodBlock,
  result: ShellResult,
  place: ReadonlyMap<number, number>,
): readonly CommandResult[] {
  const ended = new Map((result.statements ?? []).map((each) => [each.index, each]));
  let shellEnded = false;
  return statementsOf(block).map(({ start, end }, index) => {
    const text = block.block.text.slice(start, end).trim();
    const statement = ended.get(index);
    if (statement !== undefined) {
      const output = { start: place.get(statement.outputStart) ?? 0, end: place.get(statement.outputEnd) ?? 0 };
      return { text, exit: { status: statement.status }, durationMs: statement.durationMs, output };
    }
    const exit = shellEnded ? {} : result.exit;
    shellEnded = true;
    return { text, exit, durationMs: 0 };
  });
}

/** A path inside the root relative to it (`.` for the root itself), any other as it is. */
export function relativeTo(root: string, path: string): string {
  if (path === root) return ".";
  return path.startsWith(`${root}/`) ? path.slice(root.length + 1) : path;
}
