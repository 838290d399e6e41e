import { IplanError } from "#model/errors";
import type { ShellProcess, ShellRequest, ShellResult, ShellSession } from "#model/ports";
import type { Evidence } from "#model/run";
import type { UnderstoodBlock } from "#model/understanding";
import type { ReadySign } from "./readiness.ts";
import { isService, signOf, textOf, waitUntilReady } from "./background.ts";
import { howItEnded } from "./judge.ts";
import { evidenceOf, roleOf, statementsOf } from "./block-evidence.ts";
import type { LiveRun } from "./live-run.ts";
import { defaultTimeoutMs } from "./run-options.ts";
import { directoryOf } from "./start-state.ts";

/** A block that is to run now. */
export interface BlockRun {
  readonly unit: string;
  readonly block: UnderstoodBlock;
  readonly attempt: number;
  /** Subject of the unit. */
  readonly subject?: string;
  /** State file to start from; absent: a fresh session in `directory`. */
  readonly state?: string;
  readonly directory: string;
  readonly stateNote?: string;
  /** Digests of the declared files, before the first block of an attempt. */
  readonly files?: Readonly<Record<string, string>>;
  /** A verification that is asked about work whose end is not known. */
  readonly ask?: boolean;
  /** A background block of a step that is done, started again because the run goes on. */
  readonly service?: boolean;
  /** What is run in the place of the block's own text: the command by which its service is started again. */
  readonly text?: string;
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
  const role = request.service === true ? "service" : roleOf(block);
  const spool = `${run.spool}/${host.ids.next()}`;
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
    ...(request.subject === undefined ? {} : { subject: request.subject }),
    ...(request.state === undefined ? {} : { state: request.state }),
    ...(request.files === undefined ? {} : { files: request.files }),
    ...(request.stateNote === undefined ? {} : { stateNote: request.stateNote }),
    ...(request.ask === true ? { ask: true } : {}),
  });
  const sign = signOf(run, block, `${spool}/output`);
  const result = await ready(run, request, await start(run, request, session, spool), sign);
  return recordEnd(run, request, result, { startedAt, spool });
}

async function start(run: LiveRun, request: BlockRun, session: ShellSession, spool: string): Promise<ShellResult> {
  const live = liveOutput(run, request.unit);
  // Why: writing to the disk takes longer than everything else before a block, most of which can be done meanwhile.
  const synced = run.synced();
  const settled = synced.catch(() => undefined);
  let started = false;
  try {
    return await session.run({
      ...shellRequest(run, request, spool),
      onStart: async (process) => {
        started = true;
        recordProcess(run, request, process);
        await synced;
      },
      onOutput: live.push,
    });
  } catch (error) {
    if (!started && error instanceof IplanError) refuse(run, request, error);
    throw error;
  } finally {
    await settled;
    live.end();
  }
}

/** The result of a block that starts a service, once the service is ready; any other result as it is. */
async function ready(
  run: LiveRun,
  { block, unit }: BlockRun,
  result: ShellResult,
  sign: ReadySign | undefined,
): Promise<Readied> {
  const isPlain = roleOf(block) === "verification" || (!isService(block) && sign === undefined);
  if (isPlain || result.exit.status !== 0) return result;
  const timeoutMs = timeoutOf(run, block);
  const end = await waitUntilReady(run, block, { processes: result.leftovers, timeoutMs, sign });
  const readied = { ...result, leftovers: end.processes };
  // Why: what only the form of a block makes a service may have been a job that is done by now.
  if (end.state === "ready" || (end.state === "ended" && sign === undefined && !block.settings.background))
    return readied;
  run.learnSecrets(result.secretValues ?? []);
  showRest(run, unit, result);
  const waited = sign === undefined ? "" : ` (waited for ${sign.what})`;
  return end.state === "ended"
    ? { ...readied, exit: { status: 1 }, unready: `its service ended before it was ready${waited}` }
    : { ...readied, exit: { ...result.exit, timedOut: true }, unready: `it was not ready in time${waited}` };
}

/** Most bytes that are shown of what a service printed before it failed. */
const restBytes = 16_384;

/** Why: what a service printed since its output was last looked at was shown to nobody yet, and tells why it failed. */
function showRest(run: LiveRun, unit: string, { output, shownBytes }: ShellResult): void {
  const bytes = run.context.host.files.readSlice(output, shownBytes, restBytes) ?? new Uint8Array();
  const live = liveOutput(run, unit);
  live.push(new TextDecoder("utf-8").decode(bytes), false);
  live.end();
}

/** A result, and why what it started is not ready. */
type Readied = ShellResult & { readonly unready?: string };

function timeoutOf(run: LiveRun, block: UnderstoodBlock): number {
  return block.settings.timeoutMs ?? run.options.timeoutMs ?? defaultTimeoutMs;
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
  const ended = await ready(run, request, result, signOf(run, request.block, `${former.spool}/output`));
  return recordEnd(run, request, ended, { startedAt, spool: former.spool, adopted: true });
}

function recordProcess(run: LiveRun, { unit, block, attempt }: BlockRun, process: ShellProcess): void {
  const { pid, startTime } = process;
  run.record({ type: "block-running", unit, block: block.digest, attempt, pid, processStart: startTime });
}

function shellRequest(run: LiveRun, request: BlockRun, spool: string): ShellRequest {
  const { block } = request;
  const signal = run.context.signal;
  return {
    text: request.text ?? textOf(block),
    ...(roleOf(block) === "verification" ? { statements: statementsOf(block) } : {}),
    spool,
    ...(block.settings.init === undefined ? {} : { init: block.settings.init.length }),
    ...(request.state === undefined ? {} : { state: request.state }),
    directory: request.directory,
    secrets: run.options.secrets ?? [],
    timeoutMs: timeoutOf(run, block),
    ...(signal === undefined ? {} : { signal }),
  };
}

function liveOutput(run: LiveRun, unit: string): { push(text: string, isAfterGap: boolean): void; end(): void } {
  const stream = run.redaction.stream();
  const give = (text: string): void => {
    if (text !== "") run.context.listener?.({ kind: "output", unit, text });
  };
  return {
    push(text, isAfterGap) {
      if (isAfterGap) stream.skip();
      give(stream.push(text));
    },
    end: () => give(stream.end()),
  };
}

interface BlockFrame {
  readonly startedAt: string;
  readonly spool: string;
  readonly adopted?: boolean;
}

function recordEnd(run: LiveRun, request: BlockRun, result: Readied, frame: BlockFrame): BlockEnd {
  const { unit, block, attempt } = request;
  const { files } = run.context.host;
  const role = request.service === true ? "service" : roleOf(block);
  run.learnSecrets(result.secretValues ?? []);
  const seen = evidenceOf(run, block, result, {
    startedAt: frame.startedAt,
    role,
    directory: directoryOf(run, request),
  });
  const unready = result.unready ?? initFailure(block, result);
  const evidence = unready === undefined ? seen : { ...seen, unready };
  const keepsState = role === "action" && !block.settings.isolated && result.state !== undefined;
  const state = keepsState ? result.state : undefined;
  const stateNote = role === "verification" ? undefined : (result.stateNote ?? stayingBehind(request, result));
  run.record({
    type: "block-ended",
    unit,
    block: block.digest,
    attempt,
    evidence,
    ...(state === undefined ? {} : { state }),
    ...(stateNote === undefined ? {} : { stateNote }),
    ...(frame.adopted === true ? { adopted: true } : {}),
    ...(request.ask === true ? { ask: true } : {}),
  });
  if (result.startNote !== undefined) run.notice(result.startNote);
  if (stateNote !== undefined && role === "action") run.notice(stateNote);
  const serves = recordLeftovers(run, request, result.leftovers, frame.spool);
  // Why: the raw output may hold secrets; what is needed of it is in the evidence now, but of a service that goes on printing.
  if (role === "verification") files.remove(frame.spool);
  else if (result.outputBytes > 0 && !serves) files.remove(result.output);
  return { evidence, ...(state === undefined ? {} : { state }) };
}

/** Why a block's own text was never begun, in a few words. */
function initFailure({ settings: { init } }: UnderstoodBlock, result: ShellResult): string | undefined {
  if (init === undefined || result.unestablished !== true) return undefined;
  return `its init \`${init}\` ${howItEnded(result.exit)}, so nothing behind it ran`;
}

/** What no later block gets of the shell's state, in one sentence; a service's own job is no loss. */
function stayingBehind({ block }: BlockRun, { uncarried = [] }: ShellResult): string | undefined {
  const lost = isService(block) ? uncarried.filter(({ kind }) => kind !== "job") : uncarried;
  if (lost.length === 0 || block.settings.isolated) return undefined;
  return `Not carried to later blocks: ${lost.map(({ what }) => what).join(", ")}.`;
}

/** Why: a process that an earlier process of this run listed is found again by its mark, and stays with the step it was listed for. */
function recordLeftovers(
  run: LiveRun,
  { unit, block }: BlockRun,
  found: readonly ShellProcess[],
  spool: string,
): boolean {
  const { shell } = run.context.host;
  const listed = new Set(run.state().leftovers.map(({ pid, startTime }) => `${pid}:${startTime}`));
  const processes = found
    .filter(({ pid, startTime }) => !listed.has(`${pid}:${startTime}`))
    .filter((process) => !isService(block) || shell.isAlive(process));
  if (processes.length === 0) return false;
  const serves = isService(block) && !block.settings.keep && roleOf(block) === "action";
  run.record({
    type: "leftover",
    unit,
    processes,
    action: block.settings.keep ? "kept" : "listed",
    block: block.digest,
    ...(serves ? { service: spool } : {}),
  });
  return serves;
}
