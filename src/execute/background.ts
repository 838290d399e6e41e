import type { ShellProcess } from "#model/ports";
import type { StepUnit, UnderstoodBlock } from "#model/understanding";
import type { LiveRun } from "./live-run.ts";

/** How often readiness is looked for. */
const pollMs = 100;

/** How long a service without a `ready` of its own must live to count as started. */
const settleMs = 300;

/** Bash text that starts a block and does not wait for it. */
export function backgroundText(text: string): string {
  return `{\n${text}\n} &\n`;
}

/** Why a service cannot be waited for by its `ready`, in one sentence; undefined when it can. */
export function readyProblem(block: UnderstoodBlock): string | undefined {
  const { ready } = block.settings;
  if (!block.settings.background || ready === undefined) return undefined;
  const [kind = ""] = ready.split(":", 1);
  if (kind === "url") return isLocal(ready.slice(4)) ? undefined : "only a url of this machine can be waited for";
  return Object.hasOwn(signs, kind) ? undefined : `ready=${ready} means nothing here`;
}

/** Waits until a service is ready; why it is not, when it ended or its time is up. */
export async function waitUntilReady(
  run: LiveRun,
  block: UnderstoodBlock,
  started: { readonly output: string; readonly processes: readonly ShellProcess[]; readonly timeoutMs: number },
): Promise<"ready" | "ended" | "late"> {
  const { clock, shell, timer } = run.context.host;
  const limit = clock.monotonic() + started.timeoutMs;
  const { ready } = block.settings;
  if (ready === undefined) await timer.sleep(settleMs, run.context.signal);
  for (;;) {
    const alive = started.processes.some((process) => shell.isAlive(process));
    if (alive && (ready === undefined || (await isReady(run, ready, started.output)))) return "ready";
    if (!alive) return "ended";
    if (clock.monotonic() >= limit || run.isInterrupted()) return "late";
    await timer.sleep(pollMs, run.context.signal);
  }
}

/** Services of steps that are done and should run while this step does, but are gone. */
export function missingServices(run: LiveRun, step: StepUnit): readonly { unit: StepUnit; block: UnderstoodBlock }[] {
  const { shell } = run.context.host;
  const { leftovers } = run.state();
  const before = run.plan.steps.slice(0, run.plan.steps.indexOf(step));
  const serving = before.filter((unit) => unit.blocks.some((block) => block.settings.background));
  return serving.flatMap((unit) => {
    const alive = leftovers.some((process) => process.unit === unit.key && shell.isAlive(process));
    const verdict = run.unit(unit.key)?.verdict;
    if (alive || (verdict !== "verified" && verdict !== "unverifiable")) return [];
    return unit.blocks.filter((block) => block.settings.background).map((block) => ({ unit, block }));
  });
}

type Sign = (run: LiveRun, value: string, output: string) => boolean | Promise<boolean>;

const signs: Readonly<Record<string, Sign>> = {
  port: (run, value) => run.context.host.machine.isPortOpen(Number(value), pollMs),
  url: (run, value) => run.context.host.machine.isPortOpen(portOf(value), pollMs),
  file: (run, value) => run.context.host.files.stat(absolute(run, value)) !== undefined,
  path: (run, value) => run.context.host.files.stat(absolute(run, value)) !== undefined,
  output: (run, value, output) => {
    const bytes = run.context.host.files.readSlice(output, 0, 1_048_576);
    return bytes !== undefined && new TextDecoder("utf-8").decode(bytes).includes(value);
  },
};

async function isReady(run: LiveRun, ready: string, output: string): Promise<boolean> {
  const colon = ready.indexOf(":");
  const sign = signs[ready.slice(0, colon)];
  return sign !== undefined && (await sign(run, ready.slice(colon + 1), output));
}

function absolute(run: LiveRun, path: string): string {
  return path.startsWith("/") ? path : `${run.context.root}/${path}`;
}

function isLocal(url: string): boolean {
  return ["localhost", "127.0.0.1"].includes(new URL(url).hostname);
}

function portOf(url: string): number {
  const { port, protocol } = new URL(url);
  return port === "" ? (protocol === "https:" ? 443 : 80) : Number(port);
}
