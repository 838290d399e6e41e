import { createMemoryHost, type MemoryHost, type ScriptedBlock } from "#host/memory";
import { createShellParser } from "#host/shell-parser";
import type { Engine, ShellRequest } from "#model/ports";
import { createPaint } from "#render/paint";
import { runCli } from "../../src/interfaces/cli/cli.ts";
import type { Terminal } from "../../src/interfaces/cli/terminal.ts";
import type { CliResult } from "./cli.ts";

const parser = await createShellParser();

/** Where the workspace of every world lies. */
export const root = "/ws";

/** How a call differs from the usual. */
export interface CallOptions {
  readonly cwd?: string;
  /** What a person at the terminal types, question by question; absent: nobody is there. */
  readonly answers?: readonly string[];
  readonly signal?: AbortSignal;
  /** What stands on standard input. */
  readonly input?: string;
}

/** A workspace in memory, and the whole program on top of it. */
export interface SessionWorld {
  readonly host: MemoryHost;
  /** Questions that were asked. */
  readonly questions: readonly string[];
  /** What was drawn on the live line. */
  readonly drawn: readonly string[];
  call(words: readonly string[], options?: CallOptions): Promise<CliResult>;
  /** The `data` of what a command prints with `--json`. */
  data(words: readonly string[], options?: CallOptions): Promise<Record<string, unknown>>;
  text(path: string): string;
  approve(plan: string): Promise<void>;
}

/** What a world starts with. */
export interface SessionSketch {
  readonly environment?: Readonly<Record<string, string>>;
  readonly programs?: Readonly<Record<string, string>>;
  readonly engine?: Engine;
  /** Replaces what a block does; undefined leaves it to the few words of `perform`. */
  readonly script?: (request: ShellRequest, host: MemoryHost) => ScriptedBlock | undefined;
}

/** Makes a world with these files, by path below the root. */
export function createSessionWorld(
  files: Readonly<Record<string, string>> = {},
  sketch: SessionSketch = {},
): SessionWorld {
  const all = { "iplan.config.yaml": "docs: docs\n", ...files };
  const memory = createMemoryHost({
    files: Object.fromEntries(Object.entries(all).map(([path, text]) => [`${root}/${path}`, text])),
    shellParser: parser,
    head: "c0ffee",
    dirty: false,
    programs: { bash: "GNU bash, version 5.2", git: "git version 2", ...sketch.programs },
    environment: sketch.environment ?? {},
    script: (request) => sketch.script?.(request, host) ?? perform(request, host),
  });
  const host: MemoryHost = sketch.engine === undefined ? memory : { ...memory, engine: sketch.engine };
  const questions: string[] = [];
  const drawn: string[] = [];
  const world: SessionWorld = {
    host,
    questions,
    drawn,
    async call(words, options = {}) {
      const printed = { stdout: "", stderr: "" };
      const terminal = terminalFor(printed, options, questions, drawn);
      const code = await runCli(host, terminal, words);
      return { code, ...printed };
    },
    async data(words, options) {
      const { stdout } = await world.call([...words, "--json"], options);
      return (JSON.parse(stdout) as { data: Record<string, unknown> }).data;
    },
    text: (path) => host.files.text(`${root}/${path}`) ?? "",
    async approve(plan) {
      const { sha256 } = await world.data(["trust", plan]);
      const { code, stderr } = await world.call(["trust", plan, `--approve=${String(sha256)}`]);
      if (code !== 0) throw new Error(stderr);
    },
  };
  return world;
}

function terminalFor(
  printed: { stdout: string; stderr: string },
  options: CallOptions,
  questions: string[],
  drawn: string[],
): Terminal {
  const answers = [...(options.answers ?? [])];
  return {
    cwd: options.cwd ?? root,
    paint: createPaint(false),
    progressPaint: createPaint(false),
    width: 100,
    interactive: options.answers !== undefined,
    signal: options.signal ?? new AbortController().signal,
    result: (text) => void (printed.stdout += typeof text === "string" ? text : new TextDecoder().decode(text)),
    progress: (text) => void (printed.stderr += text),
    live: options.answers === undefined ? undefined : (text) => void drawn.push(text),
    input: () => options.input ?? "",
    ask(question) {
      questions.push(question);
      return Promise.resolve(answers.shift() ?? "");
    },
    close: () => undefined,
  };
}

/** Does what a few words of bash do: `touch`, `mkdir -p`, `rm`, `echo`, `test -e`, `test ! -e`, `true`, `false`, `exit`. */
function perform(request: ShellRequest, host: MemoryHost): ScriptedBlock {
  const lines = request.statements?.map(({ start, end }) => request.text.slice(start, end)) ?? request.text.split("\n");
  const output: string[] = [];
  const statuses: number[] = [];
  for (const line of lines.filter((each) => each.trim() !== "")) {
    const status = performLine(line.trim(), host, output);
    statuses.push(status);
    if (status !== 0 && request.statements === undefined) break;
  }
  return {
    exit: { status: statuses.at(-1) ?? 0 },
    output: output.map((line) => `${line}\n`).join(""),
    state: request.text,
    directory: root,
    ...(request.statements === undefined ? {} : { statuses }),
  };
}

function performLine(line: string, host: MemoryHost, output: string[]): number {
  const [word, ...rest] = line.split(" ");
  const last = `${root}/${rest.at(-1) ?? ""}`;
  const exists = host.files.stat(last) !== undefined;
  switch (word) {
    case "touch":
      host.files.put(last, "");
      return 0;
    case "mkdir":
      host.files.makeDirectory(last);
      return 0;
    case "rm":
      host.files.remove(last);
      return 0;
    case "echo":
      output.push(rest.join(" "));
      return 0;
    case "test":
      return exists === (rest[0] !== "!") ? 0 : 1;
    case "false":
      return 1;
    case "exit":
      return Number(rest[0]);
    default:
      return 0;
  }
}
