import { type ChildProcessWithoutNullStreams, spawn, spawnSync } from "node:child_process";
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { program } from "./built.ts";
import { type PageAct, readActs } from "./console-page.ts";
import { outputMismatch } from "./elided.ts";

/** Root of this repository. */
export const repository: string = resolve(import.meta.dirname, "../..");

const typed = /Type yes: (\S+)$/m;

/** How a page was read: how many commands it has, and each that did not print what the page shows. */
export interface Reading {
  readonly commands: number;
  readonly mismatches: readonly string[];
}

/**
 * Does what a page tells its reader to do: in a folder of its own that holds a copy of `examples/`, with the built program on PATH
 * as `iplan`. After the first mismatch nothing more is typed, because what follows rests on it.
 */
export async function followPage(path: string): Promise<Reading> {
  return followActs(readActs(readFileSync(join(repository, path), "utf8")), path);
}

/** Does these acts; `name` stands before the lines of what does not agree. */
export async function followActs(acts: readonly PageAct[], name: string): Promise<Reading> {
  const home = mkdtempSync(join(realpathSync(tmpdir()), "iplan-page-"));
  const desk = new Desk(home);
  try {
    for (const act of acts) {
      const wrong = await desk.carryOut(act);
      if (wrong !== undefined)
        return { commands: countOf(acts), mismatches: [`${name}:${act.line} ${titleOf(act)}\n${wrong}`] };
    }
    return { commands: countOf(acts), mismatches: [] };
  } finally {
    desk.close();
    rmSync(home, { recursive: true, force: true, maxRetries: 5 });
  }
}

function countOf(acts: readonly PageAct[]): number {
  return acts.filter((act) => act.kind === "type").length;
}

function titleOf(act: PageAct): string {
  return act.kind === "save" ? `save ${act.path}` : `$ ${act.command}`;
}

/** A reader's folder and shell. */
class Desk {
  readonly #shell: ChildProcessWithoutNullStreams;
  #printed = "";
  #waiting: (() => void) | undefined;
  #count = 0;

  constructor(home: string) {
    mkdirSync(join(home, "bin"));
    mkdirSync(join(home, "clone/.git"), { recursive: true });
    symlinkSync(program, join(home, "bin/iplan"));
    const place = join(home, "clone");
    const left = /node_modules|\/\.iplan(?:\/|$)|\/reports(?:\/|$)/;
    cpSync(join(repository, "examples"), join(place, "examples"), {
      recursive: true,
      filter: (from) => !left.test(from.slice(repository.length)),
    });
    this.#shell = spawn("bash", ["--norc", "--noprofile"], { cwd: place, env: environment(home), stdio: "pipe" });
    this.#shell.stdout.setEncoding("utf8");
    this.#shell.stdout.on("data", (text: string) => {
      this.#printed += text;
      this.#waiting?.();
    });
    this.#shell.stdin.write("exec 2>&1\n");
  }

  async carryOut(act: PageAct): Promise<string | undefined> {
    if (act.kind === "type") return this.#type(act);
    const place = (await this.#run("pwd")).trim();
    const path = join(place, act.path);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, act.text);
    return undefined;
  }

  close(): void {
    this.#shell.kill("SIGKILL");
  }

  async #type({ command, shown }: Extract<PageAct, { kind: "type" }>): Promise<string | undefined> {
    const answer = typed.exec(shown)?.[1];
    if (answer === undefined) return outputMismatch(shown, await this.#run(command));
    const printed = await this.#run(`script -qec ${quoted(command)} /dev/null <<< ${answer}`);
    // Why: what is typed before the program asks is shown once more by the terminal itself.
    return outputMismatch(shown, printed.replaceAll("\r", "").replace(new RegExp(`^${answer}\n`), ""));
  }

  async #run(command: string): Promise<string> {
    const mark = `--- end of command ${++this.#count} ---`;
    this.#printed = "";
    const input = command.includes("<<<") ? "" : " </dev/null";
    this.#shell.stdin.write(`{ ${command}\n}${input}\nprintf '\\n%s\\n' '${mark}'\n`);
    while (!this.#printed.includes(`${mark}\n`)) {
      await new Promise<void>((told) => {
        this.#waiting = told;
      });
    }
    return this.#printed.slice(0, this.#printed.indexOf(`\n${mark}`));
  }
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

/** Whether a terminal can be had for commands that ask. */
export function hasTerminal(): boolean {
  return process.platform === "linux" && spawnSync("script", ["--version"]).status === 0;
}

/** Why: what an assistant's program leaves in the environment would make the reader an assistant, who may not approve. */
const left = new Set([
  "CLAUDECODE",
  "GEMINI_CLI",
  "CODEX_SANDBOX",
  "CURSOR_AGENT",
  "OPENCODE",
  "FORCE_COLOR",
  "CI",
  "XDG_STATE_HOME",
]);

function environment(home: string): NodeJS.ProcessEnv {
  const kept = Object.fromEntries(Object.entries(process.env).filter(([name]) => !left.has(name)));
  const path = `${join(home, "bin")}:${dirname(process.execPath)}:${process.env["PATH"] ?? ""}`;
  return {
    ...kept,
    HOME: home,
    PATH: path,
    NO_COLOR: "1",
    TERM: "dumb",
    TZ: "UTC",
    LC_ALL: "C.UTF-8",
  };
}
