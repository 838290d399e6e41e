import { execFileSync, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { chmodSync, existsSync, lstatSync, mkdirSync, readFileSync, readlinkSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { expect } from "vitest";
import { program } from "../support/built.ts";
import { type CliResult, type CliWorld, createCliWorld, filesBelow } from "../support/cli.ts";
import { planDocument, planPath } from "../support/plan-document.ts";

/** A workspace that came from somebody who means harm, and what must not happen to the one who reads it. */
export interface MaliciousWorld extends CliWorld {
  /** Bash that leaves a mark outside; a program of the same at `bait`. */
  readonly mark: string;
  readonly bait: string;
  git(...words: string[]): void;
  /** Makes the workspace a git repository with everything committed. */
  commit(): void;
}

/** Every command that only reads. */
export const readingCommands: readonly (readonly string[])[] = [
  ["check"],
  ["show", "IPLAN-001", "--explain"],
  ["status"],
  ["next"],
  ["doctor", "--plan", "IPLAN-001"],
  ["check", "--since", "HEAD"],
  ["trust", "IPLAN-001"],
  ["run", "IPLAN-001", "--dry-run"],
];

/** The plan that every malicious workspace holds. */
export const smallPlan: string = planDocument([{ run: "touch a", verify: "test -e a" }]);

/** Makes a workspace with one plan and a bait beside it. */
export function createMaliciousWorld(): MaliciousWorld {
  const world = createCliWorld({ [planPath()]: smallPlan });
  const mark = `touch '${world.outside}/pwned'`;
  const bait = join(dirname(world.outside), "bait");
  writeFileSync(bait, `#!/bin/sh\n${mark}\nexec cat\n`);
  chmodSync(bait, 0o755);
  const git = (...words: string[]): void => {
    const identity = ["-c", "user.name=t", "-c", "user.email=t@example.org", "-c", "core.hooksPath=/dev/null"];
    execFileSync("git", [...identity, ...words], { cwd: world.root, stdio: "ignore" });
  };
  const commit = (): void => {
    git("init", "-q");
    git("add", "-A");
    git("commit", "-qm", "x");
  };
  return { ...world, mark, bait, git, commit };
}

/** Why: a file that is larger is told by its name alone. */
const largest = 64 * 1024 * 1024;

/** Digest of every file of the workspace and of what lies outside it, links by where they lead. */
export function pictureOf(world: CliWorld): readonly string[] {
  const beside = join(dirname(world.outside), "state");
  const folders = [world.root, world.outside, world.home, ...(existsSync(beside) ? [beside] : [])];
  return folders.flatMap((folder) =>
    filesBelow(folder).map((name) => {
      const path = join(folder, name);
      const stat = lstatSync(path);
      const content =
        stat.isFile() && stat.size < largest
          ? readFileSync(path)
          : stat.isSymbolicLink()
            ? readlinkSync(path)
            : "no file";
      return `${path} ${createHash("sha256").update(content).digest("hex")}`;
    }),
  );
}

/** How a call of the program ended, in time or not. */
export interface WatchedResult extends CliResult {
  readonly inTime: boolean;
  /** Programs the call and its children started; undefined where that cannot be watched. */
  readonly started?: readonly string[];
}

/** Why: without a filter in the kernel every call of every kind would stop, and the program would be three times slower. */
const filtering = ["-f", "--seccomp-bpf"];

/** True where system calls of a process can be watched. */
const canWatch: boolean = spawnSync("strace", [...filtering, "-qq", "-e", "trace=execve", "true"]).status === 0;

/** Runs the program and watches what it starts; kills it when it does not come back. */
export function callWatched(
  world: CliWorld,
  words: readonly string[],
  environment: Readonly<Record<string, string>> = {},
  watch: boolean = canWatch,
): WatchedResult {
  const trace = join(dirname(world.outside), "trace");
  const tracing = watch ? ["strace", ...filtering, "-qq", "-e", "trace=execve", "-e", "signal=none", "-o", trace] : [];
  const [command = "", ...args] = [...tracing, process.execPath, program, ...words];
  const env = {
    ...process.env,
    HOME: world.home,
    XDG_STATE_HOME: join(dirname(world.outside), "state"),
    TERM: "xterm",
  };
  for (const name of cleared) delete (env as NodeJS.ProcessEnv)[name];
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    cwd: world.root,
    env: { ...env, ...environment },
    encoding: "utf8",
    timeout: 20_000,
    killSignal: "SIGKILL",
    maxBuffer: 256 * 1024 * 1024,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const inTime = error === undefined;
  return { code: status, stdout, stderr, inTime, ...(watch ? { started: startedPrograms(trace) } : {}) };
}

const cleared =
  "CLAUDECODE GEMINI_CLI CODEX_SANDBOX CURSOR_AGENT OPENCODE NO_COLOR FORCE_COLOR CI NODE_OPTIONS VITEST".split(" ");

/** Paths of the programs that really started, the first call of all left out. */
function startedPrograms(trace: string): readonly string[] {
  const lines = readFileSync(trace, "utf8").split("\n");
  const started = lines.flatMap((line) => /execve\("([^"]*)".*\) = 0$/.exec(line)?.[1] ?? []);
  return started.slice(1);
}

/** Makes a folder for a file of the workspace. */
export function folderFor(world: CliWorld, path: string): string {
  const whole = join(world.root, path);
  mkdirSync(dirname(whole), { recursive: true });
  return whole;
}

/** Programs that a reading command may start: bash and its own, to say which bash there is. */
const harmlessPrograms: ReadonlySet<string> = new Set(["bash", "git", "node", "ps"]);

/** Runs every reading command and expects that it ends in time, starts no strange program, and leaves every file as it was. */
export function expectHarmless(world: MaliciousWorld, environment: Readonly<Record<string, string>> = {}): void {
  const before = pictureOf(world);
  for (const words of readingCommands) {
    const { inTime, stderr, started = [] } = callWatched(world, words, environment);
    expect([words.join(" "), inTime]).toEqual([words.join(" "), true]);
    expect(stderr).not.toContain("Something went wrong inside");
    const strange = started.filter(
      (path) => !harmlessPrograms.has(basename(path)) || !path.startsWith("/") || path.startsWith(world.root),
    );
    expect([words.join(" "), strange]).toEqual([words.join(" "), []]);
  }
  expect(pictureOf(world)).toEqual(before);
  expect(existsSync(join(world.outside, "pwned"))).toBe(false);
}
