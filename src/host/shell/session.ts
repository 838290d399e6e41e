import { IplanError } from "#model/errors";
import type { ShellProcess, ShellRequest, ShellResult, ShellSession } from "#model/ports";
import { type Block, collect, notRun, prepareSpool, tailOf } from "./block.ts";
import { createCapture } from "./capture.ts";
import { type BlockTree, endProcesses, killTree, pause, sessionOf } from "./ending.ts";
import type { Keeper } from "./keeper.ts";
import { isAlive, sendSignal } from "./process-table.ts";
import { remainsAt, removeRemains } from "./remains.ts";
import { type Ended, readEnded } from "./result.ts";
import { createRunProcesses } from "./run-processes.ts";
import { beginOf, readLatin1, type Spool, spoolAt } from "./spool.ts";
import type { SessionMark } from "./strays.ts";
import { watch } from "./watch.ts";

/** A session whose keepers `open` starts; a keeper that died is replaced before the next block. */
export function createSession(open: () => Promise<Keeper>, first: Keeper, mark: SessionMark = {}): ShellSession {
  let keeper = first;
  let turn: Promise<unknown> = Promise.resolve();
  let current: BlockTree | undefined;
  let ready: ShellProcess | undefined;
  const capture = createCapture();
  const processes = createRunProcesses(mark, first.pid);

  async function waiting(): Promise<ShellProcess> {
    for (let attempt = 0; attempt < 3; attempt += 1) {
      if (ready !== undefined && isAlive(ready)) return ready;
      ready = keeper.isDead() ? undefined : await keeper.ready();
      if (ready !== undefined && sendSignal(ready.pid, 0)) return ready;
      keeper.close();
      keeper = await open();
      processes.leaveAlone(keeper.pid);
    }
    throw new IplanError("host/unsupported", "Bash does not start a block", "Run `iplan doctor`.");
  }

  async function runNow(request: ShellRequest): Promise<ShellResult> {
    const root = await waiting();
    const spool = prepareSpool(request, keeper);
    const start = capture.begin(request, spool, keeper);
    const tree = processes.treeOf(root, keeper.pid);
    const files = { spool, remains: keeper.remains, strays: () => processes.told(root) };
    const block: Block = { request, keeper, start, tree, isAdopted: false, ...files };
    if (request.signal?.aborted === true) return notRun(block);
    await request.onStart?.(root);
    const tail = tailOf(request, spool);
    const began = performance.now();
    current = tree;
    ready = undefined;
    const mode = request.statements === undefined ? "action" : "verification";
    keeper.order(root.pid, { mode, spool: spool.path, state: start.state, preparation: start.preparation });
    const outcome = await watch(block, request.timeoutMs, keeper.ended(root.pid));
    const durationMs = Math.round(performance.now() - began);
    if (outcome.status === undefined) killTree(tree);
    current = undefined;
    processes.leaveAlone(root.pid);
    return collect(block, capture, outcome, { durationMs, shownBytes: tail?.stop() ?? 0 });
  }

  async function adoptNow(named: ShellProcess | undefined, request: ShellRequest): Promise<ShellResult | undefined> {
    const spool = spoolAt(request.spool);
    const root = named ?? processOf(readEnded(spool));
    if (root === undefined) return undefined;
    const began = beginOf(spool);
    const tree = processes.treeOf(root, sessionOf(root.pid));
    const text = readLatin1(request.state ?? spool.start);
    const start = { state: request.state ?? spool.start, text: text ?? "", preparation: "", isReusable: false };
    const tail = isAlive(root) ? tailOf(request, spool) : undefined;
    current = tree;
    const outcome = await watch({ request, tree, keeper }, began + request.timeoutMs - Date.now(), endOf(root, spool));
    current = undefined;
    const shownBytes = tail?.stop() ?? 0;
    if (outcome.status === undefined && outcome.stop === undefined) return undefined;
    const durationMs = Math.max(0, Math.round((readEnded(spool)?.at ?? Date.now()) - began));
    const remains = remainsAt(spool.path);
    const strays = () => processes.told();
    const block = { request, spool, keeper, start, tree, remains, isAdopted: true, strays };
    const result = collect(block, capture, outcome, { durationMs, shownBytes });
    removeRemains(remains);
    return result;
  }

  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const mine = turn.then(work);
    turn = mine.catch(() => undefined);
    return mine;
  };
  return {
    run: (request) => inTurn(() => runNow(request)),
    adopt: (process, request) => inTurn(() => adoptNow(process, request)),
    strays: (spared) => inTurn(() => Promise.resolve(processes.others(spared))),
    terminate: (which) => endProcesses(processes.familyOf(which)),
    async close() {
      if (current !== undefined) killTree(current);
      await turn;
      keeper.close();
    },
  };
}

const adoptPollMs = 25;

/** Why: a block is ordered only after `onStart`, so one of which nobody wrote down a process ran only if it left its end. */
function processOf(ended: Ended | undefined): ShellProcess | undefined {
  return ended === undefined ? undefined : { pid: ended.pid, startTime: "" };
}

/** Why: the keeper writes its record an instant after the child ended, so a missing one is looked for again for a while. */
async function endOf(root: ShellProcess, spool: Spool): Promise<number | undefined> {
  while (isAlive(root)) await pause(adoptPollMs);
  for (let attempt = 0; attempt < 20; attempt += 1) {
    const ended = readEnded(spool);
    if (ended?.pid === root.pid) return ended.status;
    await pause(adoptPollMs);
  }
  return undefined;
}
