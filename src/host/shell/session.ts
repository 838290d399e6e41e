import { mkdirSync, statSync } from "node:fs";
import type { ShellProcess, ShellRequest, ShellResult, ShellSession } from "#model/ports";
import type { ShellExit } from "#model/run";
import { IplanError } from "#model/errors";
import { type Capture, createCapture, type Start } from "./capture.ts";
import { type BlockTree, endProcesses, endTree, interruptTree, killTree, pause, sessionOf } from "./ending.ts";
import type { Keeper } from "./keeper.ts";
import type { Dump } from "./dump.ts";
import { groupMembers, identify, isAlive } from "./process-table.ts";
import { type Remains, readRemains, remainsAt, takeSecrets } from "./remains.ts";
import { exitOf, readEnded, readStatements } from "./result.ts";
import { actionScript, piecesOf, processOf, verificationScript } from "./script.ts";
import { readLatin1, type Spool, sizeOf, spoolAt, writePrivate } from "./spool.ts";
import { createTail, type Tail } from "./tail.ts";

/** Why a block was ended before its time. */
type Stop = "timedOut" | "interrupted";

/** A block that runs: its tree and what it is asked. */
interface Running {
  readonly request: ShellRequest;
  readonly spool: Spool;
  readonly keeper: Keeper;
  readonly start: Start;
  readonly tree: BlockTree;
  readonly remains: Remains;
}

function prepareSpool(request: ShellRequest, root: ShellProcess): Spool {
  const spool = spoolAt(request.spool);
  mkdirSync(spool.path, { recursive: true, mode: 0o700 });
  writePrivate(spool.output, "");
  if (request.statements === undefined) {
    writePrivate(spool.block, actionScript(request.text, root));
    return spool;
  }
  const pieces = piecesOf(request);
  writePrivate(spool.statements, "");
  writePrivate(spool.block, verificationScript(pieces.length, root));
  for (const [index, piece] of pieces.entries()) {
    writePrivate(spool.statement(index), piece.text);
    if (pieces.length > 1) writePrivate(spool.outputOf(index), "");
  }
  return spool;
}

function tailOf(request: ShellRequest, spool: Spool): Tail | undefined {
  if (request.onOutput === undefined) return undefined;
  const pieces = request.statements === undefined ? [] : piecesOf(request);
  const paths = pieces.length > 1 ? pieces.map((_, index) => spool.outputOf(index)) : [spool.output];
  return createTail(paths, request.onOutput);
}

/** Waits for a block and ends it when its time is up or the user interrupts; tells which of the two happened. */
async function watch(
  running: Pick<Running, "request" | "tree">,
  timeoutMs: number,
  ended: Promise<number | undefined>,
): Promise<{ readonly status: number | undefined; readonly stop?: Stop }> {
  const { signal } = running.request;
  let stop: Stop | undefined;
  let ending: Promise<void> | undefined;
  const begin = (why: Stop, how: (tree: BlockTree) => Promise<void>) => () => {
    stop ??= why;
    ending ??= how(running.tree);
  };
  const onAbort = begin("interrupted", interruptTree);
  const timer = setTimeout(begin("timedOut", endTree), Math.min(Math.max(timeoutMs, 0), 2 ** 31 - 1));
  signal?.addEventListener("abort", onAbort, { once: true });
  if (signal?.aborted === true) onAbort();
  const status = await ended;
  clearTimeout(timer);
  signal?.removeEventListener("abort", onAbort);
  await ending;
  return { status, ...(stop === undefined ? {} : { stop }) };
}

function lostNote(exit: ShellExit, isKeeperDead: boolean): string {
  const why = isKeeperDead
    ? "The block killed its own shell"
    : exit.signal === undefined
      ? "The block replaced its shell (`exec`) or ended it without a trace"
      : `The shell was ended by ${exit.signal}`;
  return `${why}; the state before the block is kept.`;
}

function stateOf(running: Running, capture: Capture, exit: ShellExit, dump: Dump | undefined): Partial<ShellResult> {
  const { request, spool, keeper, start } = running;
  if (request.statements !== undefined) return request.state === undefined ? {} : { state: request.state };
  if (dump === undefined) return { state: start.state, stateNote: lostNote(exit, keeper.isDead()) };
  return capture.end(request, spool, keeper, start, dump, takeSecrets(running.remains));
}

function collect(
  running: Running,
  capture: Capture,
  outcome: { readonly status: number | undefined; readonly stop?: Stop },
  durationMs: number,
): ShellResult {
  const { request, spool, start, tree } = running;
  if (outcome.status === 125 && readLatin1(spool.unusable) !== undefined) {
    throw new IplanError("host/state-unusable", `Bash cannot restore ${start.state}`, "Start over with `run --new`.");
  }
  const verified = request.statements === undefined ? undefined : readStatements(spool, request);
  const dump = verified === undefined ? readRemains(running.remains, tree.root.pid) : undefined;
  const ended = exitOf(outcome.status, verified?.isComplete ?? dump !== undefined);
  const exit = outcome.stop === undefined ? ended : { ...ended, [outcome.stop]: true };
  return {
    exit,
    durationMs,
    output: spool.output,
    outputBytes: sizeOf(spool.output),
    ...stateOf(running, capture, exit, dump),
    ...(verified === undefined ? {} : { statements: verified.statements }),
    ...(start.note === undefined ? {} : { startNote: start.note }),
    leftovers: groupMembers(tree.root.pid).map(({ pid, startTime }) => ({ pid, startTime })),
  };
}

/** A session whose keepers `open` starts; a keeper that died is replaced before the next block. */
export function createSession(open: () => Promise<Keeper>, first: Keeper): ShellSession {
  let keeper = first;
  let turn: Promise<unknown> = Promise.resolve();
  let current: BlockTree | undefined;
  let ready: ShellProcess | undefined;
  const capture = createCapture();
  const known = new Set<number>([first.pid]);

  async function waiting(): Promise<ShellProcess> {
    for (let attempt = 0; attempt < 3; attempt += 1) {
      if (ready !== undefined && isAlive(ready)) return ready;
      const pid = keeper.isDead() ? undefined : await keeper.ready();
      ready = pid === undefined ? undefined : identify(pid);
      if (ready !== undefined) return ready;
      keeper.close();
      keeper = await open();
      known.add(keeper.pid);
    }
    throw new IplanError("host/unsupported", "Bash does not start a block", "Run `iplan doctor`.");
  }

  async function runNow(request: ShellRequest): Promise<ShellResult> {
    const root = await waiting();
    const spool = prepareSpool(request, root);
    const start = capture.begin(request, spool, keeper);
    const tree = { root, session: keeper.pid, known: new Set(known) };
    const running = { request, spool, keeper, start, tree, remains: keeper.remains };
    request.onStart?.(root);
    const tail = tailOf(request, spool);
    const began = performance.now();
    current = tree;
    ready = undefined;
    const mode = request.statements === undefined ? "action" : "verification";
    keeper.order(root.pid, { mode, spool: spool.path, state: start.state, preparation: start.preparation });
    const outcome = await watch(running, request.timeoutMs, keeper.ended(root.pid));
    const durationMs = Math.round(performance.now() - began);
    if (outcome.status === undefined) killTree(tree);
    current = undefined;
    known.add(root.pid);
    tail?.stop();
    return collect(running, capture, outcome, durationMs);
  }

  async function adoptNow(named: ShellProcess | undefined, request: ShellRequest): Promise<ShellResult | undefined> {
    const spool = spoolAt(request.spool);
    const root = named ?? processOf(readLatin1(spool.block) ?? "");
    if (root === undefined) return undefined;
    const began = statSync(spool.block, { throwIfNoEntry: false })?.mtimeMs ?? Date.now();
    const tree = { root, session: sessionOf(root.pid), known: new Set(known) };
    const text = readLatin1(request.state ?? spool.start);
    const start = { state: request.state ?? spool.start, text: text ?? "", preparation: "" };
    const tail = isAlive(root) ? tailOf(request, spool) : undefined;
    current = tree;
    const outcome = await watch({ request, tree }, began + request.timeoutMs - Date.now(), endOf(root, spool));
    current = undefined;
    tail?.stop();
    if (outcome.status === undefined && outcome.stop === undefined) return undefined;
    const durationMs = Math.max(0, Math.round((readEnded(spool, root.pid)?.at ?? Date.now()) - began));
    return collect(
      { request, spool, keeper, start, tree, remains: remainsAt(spool.path) },
      capture,
      outcome,
      durationMs,
    );
  }

  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const mine = turn.then(work);
    turn = mine.catch(() => undefined);
    return mine;
  };
  return {
    run: (request) => inTurn(() => runNow(request)),
    adopt: (process, request) => inTurn(() => adoptNow(process, request)),
    terminate: (processes) => endProcesses(processes),
    async close() {
      if (current !== undefined) killTree(current);
      await turn;
      keeper.close();
    },
  };
}

const adoptPollMs = 25;

/** Why: the keeper writes its record an instant after the child ended, so a missing one is looked for again for a while. */
async function endOf(root: ShellProcess, spool: Spool): Promise<number | undefined> {
  while (isAlive(root)) await pause(adoptPollMs);
  for (let attempt = 0; attempt < 20; attempt += 1) {
    const ended = readEnded(spool, root.pid);
    if (ended !== undefined) return ended.status;
    await pause(adoptPollMs);
  }
  return undefined;
}
