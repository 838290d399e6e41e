import type { ShellRequest } from "#model/ports";
import { type BlockTree, endTree, interruptTree, killTree, pause } from "./ending.ts";
import type { Keeper } from "./keeper.ts";

/** How a block ended: its shell's `$?` when anyone learned it, and why it was ended before its time. */
export interface Outcome {
  readonly status: number | undefined;
  readonly stop?: "timedOut" | "interrupted";
}

const longestMs = 2 ** 31 - 1;

const reportMs = 2000;

/** Why: a block can stop its keeper, which then never tells that the block ended. */
async function giveUp(keeper: Keeper, ended: Promise<unknown>): Promise<void> {
  const silence = new AbortController();
  await Promise.race([ended.then(() => silence.abort()), pause(reportMs)]);
  if (!silence.signal.aborted) keeper.kill();
}

/** Waits for a block and ends it when its time is up or the user interrupts; tells which of the two happened. */
export async function watch(
  block: { readonly request: ShellRequest; readonly tree: BlockTree; readonly keeper: Keeper },
  timeoutMs: number,
  ended: Promise<number | undefined>,
): Promise<Outcome> {
  const { signal } = block.request;
  let stop: Outcome["stop"];
  let ending: Promise<void> | undefined;
  const begin = (why: NonNullable<Outcome["stop"]>, how: (tree: BlockTree) => Promise<void>) => () => {
    stop ??= why;
    ending ??= how(block.tree).then(() => giveUp(block.keeper, ended));
  };
  const onAbort = begin("interrupted", interruptTree);
  const timer = setTimeout(begin("timedOut", endTree), Math.min(Math.max(timeoutMs, 0), longestMs));
  signal?.addEventListener("abort", onAbort, { once: true });
  if (signal?.aborted === true) onAbort();
  // Why: a second Ctrl-C ends the tool itself, and what ignored the first one must not go on without it.
  const onExit = () => (signal?.aborted === true ? killTree(block.tree) : undefined);
  process.once("exit", onExit);
  const status = await ended;
  clearTimeout(timer);
  process.removeListener("exit", onExit);
  signal?.removeEventListener("abort", onAbort);
  await ending;
  return { status, ...(stop === undefined ? {} : { stop }) };
}
