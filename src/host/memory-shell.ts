import type { Shell, ShellProcess, ShellRequest, ShellResult, ShellSession, StatementResult } from "#model/ports";
import type { ShellExit } from "#model/run";
import type { MemoryFiles } from "./memory-files.ts";

/** What a scripted block does; everything left out is the outcome of a block that succeeds silently. */
export interface ScriptedBlock {
  readonly exit?: ShellExit;
  readonly output?: string;
  /** What was printed after `onOutput` was told for the last time, and before the result was made. */
  readonly unshown?: string;
  readonly durationMs?: number;
  /** Text of the new state; null: none could be captured. Verifications leave none. */
  readonly state?: string | null;
  readonly directory?: string;
  readonly exported?: readonly string[];
  /** Values it leaves in variables that are secret. */
  readonly secretValues?: readonly string[];
  /** Exit status of each statement of a verification; the output is the first statement's. */
  readonly statuses?: readonly number[];
  readonly leftovers?: readonly ShellProcess[];
}

/** Decides what a block does. What it throws passes through, as a crash of the process would. */
export type ShellScriptFunction = (request: ShellRequest) => ScriptedBlock | Promise<ScriptedBlock>;

/** A shell that runs nothing and does what a test tells it. */
export class MemoryShell implements Shell {
  /** Every request that was run, in order. */
  readonly requests: ShellRequest[] = [];
  /** Process ids that count as alive. */
  readonly alive: Set<number> = new Set();
  /** Processes that nobody was told of yet. */
  readonly straying: ShellProcess[] = [];
  /** Process ids that were told to end. */
  readonly terminated: number[] = [];
  /** Answers `adopt`; absent: nothing is left of the former process. */
  adopting: ShellScriptFunction | undefined;
  script: ShellScriptFunction;
  readonly #files: MemoryFiles;
  #pid = 1000;

  constructor(files: MemoryFiles, script: ShellScriptFunction) {
    this.#files = files;
    this.script = script;
  }

  open(): Promise<ShellSession> {
    return Promise.resolve({
      run: (request) => this.#run(request),
      adopt: (process, request) => this.#adopt(process, request),
      strays: () => Promise.resolve(this.straying.splice(0)),
      terminate: (pids) => this.#terminate(pids),
      close: () => Promise.resolve(),
    });
  }

  isAlive(process: ShellProcess): boolean {
    return this.alive.has(process.pid);
  }

  self(): ShellProcess {
    return { pid: 1, startTime: "1" };
  }

  async #run(request: ShellRequest): Promise<ShellResult> {
    this.requests.push(request);
    const pid = ++this.#pid;
    this.alive.add(pid);
    await request.onStart?.({ pid, startTime: String(pid) });
    const block = await this.script(request);
    this.alive.delete(pid);
    return this.#result(request, block);
  }

  async #adopt(process: ShellProcess | undefined, request: ShellRequest): Promise<ShellResult | undefined> {
    if (this.adopting === undefined) return undefined;
    const block = await this.adopting(request);
    if (process !== undefined) this.alive.delete(process.pid);
    return this.#result(request, block);
  }

  #terminate(processes: readonly ShellProcess[]): Promise<void> {
    for (const { pid } of processes) {
      this.alive.delete(pid);
      this.terminated.push(pid);
    }
    return Promise.resolve();
  }

  #result(request: ShellRequest, block: ScriptedBlock): ShellResult {
    const output = `${request.spool}/output`;
    const { output: shown = "", unshown = "" } = block;
    const shownBytes = new TextEncoder().encode(shown).length;
    const bytes = new TextEncoder().encode(shown + unshown);
    this.#files.put(output, bytes, 0o600);
    if (block.output !== undefined) request.onOutput?.(block.output, false);
    const statements = request.statements?.map((_, index) => statement(block, index, bytes.length));
    const failed = statements?.find((each) => each.status !== 0);
    return {
      exit: block.exit ?? { status: failed?.status ?? 0 },
      durationMs: block.durationMs ?? 1,
      output,
      outputBytes: bytes.length,
      shownBytes,
      directory: block.directory ?? request.directory,
      exported: block.exported ?? [],
      ...(block.secretValues === undefined ? {} : { secretValues: block.secretValues }),
      leftovers: block.leftovers ?? [],
      ...this.#state(request, block),
      ...(statements === undefined ? {} : { statements }),
    };
  }

  #state(request: ShellRequest, block: ScriptedBlock): Pick<ShellResult, "state" | "stateNote"> {
    const before = request.state === undefined ? {} : { state: request.state };
    if (request.statements !== undefined) return before;
    if (block.state === null) return { ...before, stateNote: "the shell was replaced before its state could be saved" };
    const state = `${request.spool}/state`;
    this.#files.put(state, block.state ?? request.text, 0o600);
    return { state };
  }
}

function statement(block: ScriptedBlock, index: number, bytes: number): StatementResult {
  return {
    index,
    status: block.statuses?.[index] ?? 0,
    durationMs: 1,
    outputStart: index === 0 ? 0 : bytes,
    outputEnd: bytes,
  };
}
