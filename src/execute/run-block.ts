import { keepEvidence } from "#journal/evidence";
import { IplanError } from "#model/errors";
import type { ShellProcess, ShellRequest, ShellResult, ShellSession } from "#model/ports";
import type { CommandResult, Evidence } from "#model/run";
import type { UnderstoodBlock } from "#model/understanding";
import type { LiveRun } from "./live-run.ts";
import { createOutputReader } from "./output-reader.ts";
import { defaultTimeoutMs } from "./run-options.ts";

/** A block that is to run now. */
export interface BlockRun {
  readonly unit: string;
  readonly block: UnderstoodBlock;
  readonly attempt: number;
  /** State file to start from; absent: a fresh session in `directory`. */
  readonly state?: string;
  readonly directory: string;
  readonly stateNote?: string;
  /** A verification that is asked about work whose end is not known. */
  readonly ask?: boolean;
}

/** A block that ended. */
export interface BlockEnd {
  readonly evidence: Evidence;
  readonly state?: string;
}

/**
 * Runs one block: its intent is on disk before its first command, its outcome in the journal when this returns, on disk with the
 * next intent. Survives a crash at any line: without an intent nothing ran, with an intent and no outcome the block is in question.
 */
export async function runBlock(run: LiveRun, request: BlockRun): Promise<BlockEnd> {
  const { host } = run.context;
  const { block, unit, attempt } = request;
  const role = roleOf(block);
  const spool = `${run.spool}/${host.ids.next()}`;
  host.files.makeDirectory(spool, 0o700);
  const session = await run.session();
  const startedAt = new Date(host.clock.now()).toISOString();
  run.record({
    type: "block-started",
    unit,
    block: block.digest,
    role,
    attempt,
    risk: block.risk,
    spool,
    ...(request.state === undefined ? {} : { state: request.state }),
    ...(request.stateNote === undefined ? {} : { stateNote: request.stateNote }),
    ...(request.ask === true ? { ask: true } : {}),
  });
  run.sync();
  const result = await start(run, request, session, spool);
  return recordEnd(run, request, result, { startedAt, spool });
}

async function start(run: LiveRun, request: BlockRun, session: ShellSession, spool: string): Promise<ShellResult> {
  const live = liveOutput(run, request.unit);
  let started = false;
  try {
    return await session.run({
      ...shellRequest(run, request, spool),
      onStart: (process) => {
        started = true;
        recordProcess(run, request, process);
      },
      onOutput: live.push,
    });
  } catch (error) {
    if (!started && error instanceof IplanError) refuse(run, request, error);
    throw error;
  } finally {
    live.end();
  }
}

/** Why: a block that never started must not be taken for one whose end is unknown. */
function refuse(run: LiveRun, { unit, block }: BlockRun, error: IplanError): void {
  run.record({ type: "block-refused", unit, block: block.digest, reason: error.message });
  run.sync();
}

/** Waits for a block that an earlier process started, or takes its result; undefined when nothing of it is left. */
export async function adoptBlock(
  run: LiveRun,
  request: BlockRun,
  former: { readonly spool: string; readonly process?: ShellProcess },
): Promise<BlockEnd | undefined> {
  const session = await run.session();
  const startedAt = new Date(run.context.host.clock.now()).toISOString();
  const live = liveOutput(run, request.unit);
  const result = await session.adopt(former.process, {
    ...shellRequest(run, request, former.spool),
    onOutput: live.push,
  });
  live.end();
  if (result === undefined) return undefined;
  return recordEnd(run, request, result, { startedAt, spool: former.spool, adopted: true });
}

/** The two roles that run. */
export function roleOf(block: UnderstoodBlock): "action" | "verification" {
  return block.role === "verification" ? "verification" : "action";
}

function recordProcess(run: LiveRun, { unit, block, attempt }: BlockRun, process: ShellProcess): void {
  const { pid, startTime } = process;
  run.record({ type: "block-running", unit, block: block.digest, attempt, pid, processStart: startTime });
}

function shellRequest(run: LiveRun, request: BlockRun, spool: string): ShellRequest {
  const { block } = request;
  const signal = run.context.signal;
  return {
    text: block.block.text,
    ...(roleOf(block) === "verification" ? { statements: statementsOf(block) } : {}),
    spool,
    ...(request.state === undefined ? {} : { state: request.state }),
    directory: request.directory,
    secrets: run.options.secrets ?? [],
    timeoutMs: block.settings.timeoutMs ?? run.options.timeoutMs ?? defaultTimeoutMs,
    ...(signal === undefined ? {} : { signal }),
  };
}

/** The statements a verification is run by: what the understanding found, else what the syntax tree says. */
export function statementsOf(block: UnderstoodBlock): readonly { readonly start: number; readonly end: number }[] {
  const found = block.vacuity?.statements ?? block.syntax?.statements ?? [];
  const spans = found.map(({ start, end }) => ({ start, end }));
  return spans.length > 0 ? spans : [{ start: 0, end: block.block.text.length }];
}

function liveOutput(run: LiveRun, unit: string): { push(text: string): void; end(): void } {
  const stream = run.redaction.stream();
  const give = (text: string): void => {
    if (text !== "") run.context.listener?.({ kind: "output", unit, text });
  };
  return { push: (text) => give(stream.push(text)), end: () => give(stream.end()) };
}

interface BlockFrame {
  readonly startedAt: string;
  readonly spool: string;
  readonly adopted?: boolean;
}

function recordEnd(run: LiveRun, request: BlockRun, result: ShellResult, frame: BlockFrame): BlockEnd {
  const { unit, block, attempt } = request;
  const { files } = run.context.host;
  const role = roleOf(block);
  const evidence = evidenceOf(run, request, result, frame.startedAt);
  const keepsState = role === "action" && !block.settings.isolated && result.state !== undefined;
  const state = keepsState ? result.state : undefined;
  run.record({
    type: "block-ended",
    unit,
    block: block.digest,
    attempt,
    evidence,
    ...(state === undefined ? {} : { state }),
    ...(result.stateNote === undefined || role === "verification" ? {} : { stateNote: result.stateNote }),
    ...(frame.adopted === true ? { adopted: true } : {}),
    ...(request.ask === true ? { ask: true } : {}),
  });
  if (result.startNote !== undefined) run.notice(result.startNote);
  if (result.stateNote !== undefined && role === "action") run.notice(result.stateNote);
  if (result.leftovers.length > 0) {
    const action = block.settings.keep ? "kept" : "listed";
    run.record({ type: "leftover", unit, processes: result.leftovers, action });
  }
  // Why: the raw output may hold secrets; what is needed of it is in the evidence now.
  files.remove(role === "verification" ? frame.spool : result.output);
  return { evidence, ...(state === undefined ? {} : { state }) };
}

function evidenceOf(run: LiveRun, { block }: BlockRun, result: ShellResult, startedAt: string): Evidence {
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
  const role = roleOf(block);
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
