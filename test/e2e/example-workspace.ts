import { spawnSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { basename, join, resolve } from "node:path";
import { program } from "../support/built.ts";

const root = resolve(import.meta.dirname, "../..");

/** What one call of the CLI with `--json` gave. */
export interface Answer {
  readonly status: number | null;
  /** The envelope's data, in the shape of the command. */
  readonly data: unknown;
  readonly stderr: string;
}

/** A fresh copy of an example in a git repository of its own, with a trust store of its own. */
export class ExampleWorkspace {
  readonly home: string = mkdtempSync(join(realpathSync(tmpdir()), "iplan-example-"));
  readonly directory: string;
  readonly #environment: NodeJS.ProcessEnv;

  constructor(name: string) {
    const example = join(root, "examples", name);
    this.directory = join(this.home, name);
    this.#environment = environmentFor(join(this.home, "state"));
    mkdirSync(join(this.home, "state"));
    if (existsSync(join(example, "package-lock.json")) && !existsSync(join(example, "node_modules"))) {
      this.#must("npm", ["ci", "--silent"], example);
    }
    const left = new Set(["node_modules", "reports", "build", ".iplan"]);
    cpSync(example, this.directory, { recursive: true, filter: (from) => !left.has(basename(from)) });
    if (existsSync(join(example, "node_modules"))) {
      symlinkSync(join(example, "node_modules"), join(this.directory, "node_modules"), "dir");
    }
    const author = ["-c", "user.name=Test", "-c", "user.email=test@example.org", "-c", "commit.gpgsign=false"];
    this.#must("git", ["init", "--quiet"], this.directory);
    this.#must("git", ["add", "--all"], this.directory);
    this.#must("git", [...author, "commit", "--quiet", "--message", "Documents"], this.directory);
  }

  /** Path of the only plan. */
  get planPath(): string {
    const folder = join(this.directory, "docs/IPLAN");
    return join(folder, readdirSync(folder).find((name) => name.endsWith(".md")) ?? "");
  }

  /** Calls the CLI with `--json`. */
  call(...words: string[]): Answer {
    const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...words, "--json"], {
      cwd: this.directory,
      env: this.#environment,
      encoding: "utf8",
      maxBuffer: 64 << 20,
    });
    return { status, data: JSON.parse(stdout).data, stderr };
  }

  /** Approves the commands the plan has now. */
  approve(): void {
    const { sha256 } = this.call("trust", "IPLAN-001").data as { sha256: string };
    this.call("trust", "IPLAN-001", `--approve=${sha256}`);
  }

  /** Events of all journals in order. */
  journal(): readonly { readonly type: string; readonly unit?: string; readonly role?: string }[] {
    const folder = join(this.directory, ".iplan/runs");
    const names = readdirSync(folder).filter((name) => name.endsWith(".ndjson"));
    return names.toSorted().flatMap((name) =>
      readFileSync(join(folder, name), "utf8")
        .split("\n")
        .slice(0, -1)
        .map((line) => JSON.parse(line)),
    );
  }

  /** Removes everything. */
  remove(): void {
    rmSync(this.home, { recursive: true, force: true });
  }

  #must(program: string, words: readonly string[], cwd: string): void {
    const { status, stderr } = spawnSync(program, words, { cwd, env: this.#environment, encoding: "utf8" });
    if (status !== 0) throw new Error(`${program} ${words.join(" ")}: ${stderr}`);
  }
}

const assistants = ["CLAUDECODE", "GEMINI_CLI", "CODEX_SANDBOX", "CURSOR_AGENT", "OPENCODE"];
const settings = ["FORCE_COLOR", "NODE_OPTIONS", "VITEST"];

/** Why: a test plays the person who approves, whoever started it and with whatever settings. */
function environmentFor(state: string): NodeJS.ProcessEnv {
  const left = new Set([...assistants, ...settings]);
  const inherited = Object.entries(process.env).filter(([name]) => !left.has(name));
  return { ...Object.fromEntries(inherited), XDG_STATE_HOME: state };
}
