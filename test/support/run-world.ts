import { type MemoryHost, type ScriptedBlock, createMemoryHost } from "#host/memory";
import type { ShellRequest } from "#model/ports";
import type { Actor } from "#model/run";
import type { UnderstoodPlan } from "#model/understanding";
import type { RunContext, RunOptions, RunSignal } from "#execute/run-options";
import { runPlan } from "#execute/run-plan";
import type { RunResult } from "#execute/run-result";

/** Where the workspace of every world lies. */
export const root = "/ws";

/** The person of every world. */
export const person: Actor = { kind: "person", name: "tester@memory" };

/** A world in which blocks are written in a language of five words, and everything that happens can be asked. */
export interface RunWorld {
  readonly host: MemoryHost;
  readonly signals: RunSignal[];
  readonly context: RunContext;
  /** What actions did, in order: the words after each `do`. */
  done(): readonly string[];
  run(plan: UnderstoodPlan, options?: RunOptions, context?: Partial<RunContext>): Promise<RunResult>;
}

/** Options of a world. */
export interface WorldSketch {
  readonly environment?: Readonly<Record<string, string>>;
  readonly programs?: Readonly<Record<string, string>>;
  readonly files?: Readonly<Record<string, string>>;
  readonly openPorts?: readonly number[];
  /** Statuses that servers of this machine answer with, by `PORT/path`. */
  readonly answers?: Readonly<Record<string, number>>;
  /** Replaces what a block does; undefined leaves it to the five words. */
  readonly script?: (request: ShellRequest, host: MemoryHost) => ScriptedBlock | undefined | Promise<ScriptedBlock>;
}

/** Makes a world. Plans run with their own approval hash unless the options say otherwise. */
export function createRunWorld(sketch: WorldSketch = {}): RunWorld {
  const host = createMemoryHost({
    ...(sketch.environment && { environment: sketch.environment }),
    ...(sketch.programs && { programs: sketch.programs }),
    ...(sketch.files && { files: sketch.files }),
    ...(sketch.openPorts && { openPorts: sketch.openPorts }),
    ...(sketch.answers && { answers: sketch.answers }),
    head: "c0ffee",
    dirty: false,
    script: async (request) => (await sketch.script?.(request, host)) ?? perform(request, host),
  });
  const signals: RunSignal[] = [];
  const context: RunContext = { host, root, actor: person, listener: (signal) => signals.push(signal) };
  return {
    host,
    signals,
    context,
    done: () => (host.files.text(`${root}/log`) ?? "").split("\n").filter((line) => line !== ""),
    run: (plan, options = {}, more = {}) =>
      runPlan(plan, { ...context, ...more }, { trust: plan.approvalHash, ...options }),
  };
}

/**
 * Does what a block says, line by line: `do WORDS` writes them to the log, `write PATH TEXT` a file, `print TEXT` prints,
 * `check PATH` asks for a file, `exit N` ends with a status. An action stops at the first line that fails.
 */
export function perform(request: ShellRequest, host: MemoryHost): ScriptedBlock {
  const output: string[] = [];
  const lines = request.statements?.map(({ start, end }) => request.text.slice(start, end)) ?? request.text.split("\n");
  const statuses: number[] = [];
  for (const line of lines) {
    const status = performLine(line, host, output);
    statuses.push(status);
    if (status !== 0 && request.statements === undefined) break;
  }
  const text = output.map((line) => `${line}\n`).join("");
  const before = request.state === undefined ? "" : (host.files.text(request.state) ?? "");
  return {
    exit: { status: statuses.at(-1) ?? 0 },
    output: text,
    state: `${before}${request.text}\n`,
    ...(request.statements === undefined ? {} : { statuses }),
  };
}

function performLine(line: string, host: MemoryHost, output: string[]): number {
  const [word, ...rest] = line.split(" ");
  const words = rest.join(" ");
  switch (word) {
    case "do":
      host.files.put(`${root}/log`, `${host.files.text(`${root}/log`) ?? ""}${words}\n`);
      return 0;
    case "write":
      host.files.put(`${root}/${rest[0]}`, rest.slice(1).join(" "));
      return 0;
    case "print":
      output.push(words);
      return 0;
    case "check":
      return host.files.stat(`${root}/${rest[0]}`) === undefined ? 1 : 0;
    case "exit":
      return Number(rest[0]);
    default:
      return 0;
  }
}
