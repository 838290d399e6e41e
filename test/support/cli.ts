import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  realpathSync,
  renameSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll } from "vitest";
import { program } from "./built.ts";
import { removeFolder } from "./remove-folder.ts";

/** What one call of the program left. */
export interface CliResult {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** How a call differs from the usual. */
export interface CliOptions {
  readonly cwd?: string;
  readonly environment?: Readonly<Record<string, string>>;
  /** What stands on standard input; nothing when it is left out. */
  readonly input?: string;
}

/** A workspace in a folder of its own, with a home and a state directory that no other test sees. */
export interface CliWorld {
  readonly root: string;
  readonly home: string;
  /** What the program finds in its environment. */
  readonly environment: Readonly<Record<string, string>>;
  /** Outside the workspace: what must stay empty, and what links may lead to. */
  readonly outside: string;
  iplan(words: readonly string[], options?: CliOptions): CliResult;
  /** Starts the program and leaves it running. */
  start(words: readonly string[], options?: CliOptions): ChildProcess;
  write(path: string, content: string | Uint8Array): void;
  read(path: string): string;
  rename(from: string, to: string): void;
  exists(path: string): boolean;
  /** Approves a plan's commands as a person who reviewed the hash. */
  approve(plan: string): void;
}

const worlds: string[] = [];

afterAll(async () => {
  for (const folder of worlds.splice(0)) await removeFolder(folder);
});

/** Makes a workspace with these files; it is a git-less folder with a configuration file of its own. */
export function createCliWorld(files: Readonly<Record<string, string | Uint8Array>> = {}): CliWorld {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "iplan-e2e-")));
  worlds.push(folder);
  const root = join(folder, "workspace");
  const home = join(folder, "home");
  const outside = join(folder, "outside");
  for (const path of [root, home, outside]) mkdirSync(path);
  const write = (path: string, content: string | Uint8Array): void => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  };
  write("iplan.config.yaml", "docs: docs\n");
  mkdirSync(join(root, "docs"));
  for (const [path, content] of Object.entries(files)) write(path, content);
  const settings = (options: CliOptions) => ({
    cwd: options.cwd ?? root,
    env: { ...cleanEnvironment(home, join(folder, "state")), ...options.environment },
  });
  const world: CliWorld = {
    root,
    home,
    outside,
    environment: Object.fromEntries(
      Object.entries(settings({}).env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
    ),
    write,
    iplan(words, options = {}) {
      const limits = { encoding: "utf8", maxBuffer: 256 * 1024 * 1024, timeout: 60_000 } as const;
      const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...words], {
        ...settings(options),
        ...limits,
        ...(options.input === undefined ? {} : { input: options.input }),
        stdio: [options.input === undefined ? "ignore" : "pipe", "pipe", "pipe"],
      });
      return { code: status, stdout, stderr };
    },
    start: (words, options = {}) =>
      spawn(process.execPath, [program, ...words], { ...settings(options), stdio: ["ignore", "pipe", "pipe"] }),
    read: (path) => readFileSync(join(root, path), "utf8"),
    rename: (from, to) => renameSync(join(root, from), join(root, to)),
    exists: (path) => existsSync(join(root, path)),
    approve(plan) {
      const { sha256 } = dataOf(world.iplan(["trust", plan, "--json"])) as { sha256: string };
      const approved = world.iplan(["trust", plan, `--approve=${sha256}`]);
      if (approved.code !== 0) throw new Error(`not approved: ${approved.stderr}`);
    },
  };
  return world;
}

const assistants = ["CLAUDECODE", "GEMINI_CLI", "CODEX_SANDBOX", "CURSOR_AGENT", "OPENCODE"];
const colours = ["NO_COLOR", "FORCE_COLOR", "CI", "NODE_OPTIONS", "VITEST"];

/** Why: whoever runs the tests may be an assistant, have a colour setting, or a state of their own. */
function cleanEnvironment(home: string, state: string): NodeJS.ProcessEnv {
  const environment: NodeJS.ProcessEnv = { ...process.env, HOME: home, XDG_STATE_HOME: state, TERM: "xterm" };
  for (const name of [...assistants, ...colours]) delete environment[name];
  return environment;
}

/** The one JSON document a command printed. */
export interface Envelope {
  readonly schema: string;
  readonly kind: string;
  readonly ok: boolean;
  readonly exitCode: number;
  readonly data: unknown;
  readonly findings: readonly { readonly rule: string; readonly path: string }[];
  readonly error?: { readonly code: string; readonly message: string; readonly cure: string };
}

/** Reads what a command printed with `--json`; anything beside the document makes this throw. */
export function envelopeOf(result: CliResult): Envelope {
  return JSON.parse(result.stdout) as Envelope;
}

/** The `data` of what a command printed with `--json`. */
export function dataOf(result: CliResult): unknown {
  return envelopeOf(result).data;
}

/** Paths of all files below a folder, sorted; links are named, not followed. */
export function filesBelow(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true, encoding: "utf8" })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort();
}

/** Waits until something is there; undefined as long as it is not. Throws when it does not come within the time. */
export async function eventually<T>(look: () => T | undefined, within = 15_000): Promise<T> {
  const end = Date.now() + within;
  for (;;) {
    const found = look();
    if (found !== undefined) return found;
    if (Date.now() > end) throw new Error("what was waited for did not come");
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** How a started program ended, with everything it printed. */
export async function ended(child: ChildProcess): Promise<CliResult & { readonly signal: string | null }> {
  let stdout = "";
  let stderr = "";
  child.stdout?.setEncoding("utf8").on("data", (text: string) => (stdout += text));
  child.stderr?.setEncoding("utf8").on("data", (text: string) => (stderr += text));
  return new Promise((resolve) => {
    child.once("close", (code, signal) => resolve({ code, signal, stdout, stderr }));
  });
}
