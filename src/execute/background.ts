import type { ShellProcess } from "#model/ports";
import type { UnderstoodBlock } from "#model/understanding";
import { ownStart } from "#plan/init";
import type { LiveRun } from "./live-run.ts";
import { type ReadySign, readySign } from "./readiness.ts";

/** How often readiness is looked for. */
const pollMs = 100;

/** How long a service without a `ready` of its own must live to count as started. */
const settleMs = 300;

/** True for a block that starts a service: it says so, or its last command is left running by `&`. */
export function isService({ settings, leaves }: UnderstoodBlock): boolean {
  return settings.background || leaves !== undefined;
}

/** Bash text of a block: a service that would hold its shell is started without waiting for it, its `init` before. */
export function textOf({ block, settings, leaves }: UnderstoodBlock): string {
  if (!settings.background || leaves !== undefined) return block.text;
  const own = ownStart(settings.init);
  return `${block.text.slice(0, own)}{\n${block.text.slice(own)}\n} &\n`;
}

/** Bash text that starts a service again, once its block has been run. */
export function againText(block: UnderstoodBlock): string {
  const { leaves, settings } = block;
  if (leaves === undefined) return textOf(block);
  return settings.init === undefined ? leaves : `${settings.init}\n${leaves}`;
}

/** The sign by which a block counts as ready, taken before it starts; undefined when nothing but its life tells. */
export function signOf(run: LiveRun, { settings: { ready } }: UnderstoodBlock, output: string): ReadySign | undefined {
  const { host, root } = run.context;
  return ready === undefined ? undefined : readySign(ready, { host, root, output });
}

/** What is waited for. */
export interface Started {
  readonly processes: readonly ShellProcess[];
  readonly timeoutMs: number;
  readonly sign: ReadySign | undefined;
}

/** How a start came out: `ended` when nothing of it lives any more, `late` when its time was up first. */
export interface ReadyEnd {
  readonly state: "ready" | "ended" | "late";
  /** What lives of it, with what had left its group before anyone looked. */
  readonly processes: readonly ShellProcess[];
}

/** Waits until what a block started is ready, has ended, or its time is up. */
export async function waitUntilReady(run: LiveRun, block: UnderstoodBlock, started: Started): Promise<ReadyEnd> {
  const { clock, shell, timer } = run.context.host;
  const limit = clock.monotonic() + started.timeoutMs;
  let { processes } = started;
  if (started.sign === undefined) await timer.sleep(settleMs, run.context.signal);
  for (;;) {
    if (!processes.some((process) => shell.isAlive(process))) {
      const others = await (await run.session()).strays(run.state().kept);
      processes = [...processes, ...others];
    }
    const alive = processes.some((process) => shell.isAlive(process)) || !isService(block);
    const isReady = alive && (started.sign === undefined || (await started.sign.isReady()));
    if (isReady) return { state: "ready", processes };
    if (!alive) return { state: "ended", processes };
    if (clock.monotonic() >= limit || run.isInterrupted()) return { state: "late", processes };
    await timer.sleep(pollMs, run.context.signal);
  }
}
