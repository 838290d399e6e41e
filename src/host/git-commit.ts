import { spawn } from "node:child_process";
import { copyFileSync, existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { IplanError } from "#model/errors";
import type { GitCommit, GitCommitResult } from "#model/ports";
import { type AskText, gitDirectory, pointing } from "./git-ground.ts";
import { findProgram } from "./machine.ts";

/** Where a commit is made. */
export interface CommitPlace {
  readonly root: string;
  readonly ask: AskText;
}

/** Why: a monitor is a program of the repository's choice that a commit does not need; git's own tidying would outlive the command. */
const settings = ["-c", "core.fsmonitor=false", "-c", "gc.auto=0", "-c", "maintenance.auto=false"];

interface Answer {
  readonly status: number;
  readonly stdout: string;
  readonly output: string;
}

type Run = (args: readonly string[], input?: string) => Promise<Answer>;

/**
 * Commits the content of some paths through an index of its own, made from the last commit, so that the user's index is touched only
 * after the commit stands, and only at the paths that the commit holds.
 */
export async function commitPaths(place: CommitPlace, request: GitCommit): Promise<GitCommitResult> {
  const git = findProgram("git");
  const directory = gitDirectory(place.ask);
  if (git === undefined || directory === undefined)
    throw new IplanError("host/unexpected", "git does not answer here.", "See: git status");
  const index = join(directory, `iplan-commit-${process.pid}.index`);
  const inOwnIndex: Run = (args, input) => run(git, place.root, args, { request, index, input });
  try {
    return await committed(place, request, {
      inOwnIndex,
      inUsersIndex: (args, input) => run(git, place.root, args, { request, input }),
      directory,
      index,
    });
  } finally {
    for (const path of [index, `${index}.lock`]) rmSync(path, { force: true });
  }
}

interface Indexes {
  readonly inOwnIndex: Run;
  readonly inUsersIndex: Run;
  readonly directory: string;
  readonly index: string;
}

async function committed(place: CommitPlace, request: GitCommit, indexes: Indexes): Promise<GitCommitResult> {
  const { inOwnIndex, inUsersIndex, directory, index } = indexes;
  const head = place.ask(["rev-parse", "--verify", "--quiet", "HEAD"])?.trim() ?? "";
  // Why: what git knows of files from the user's index need not be looked at again.
  if (existsSync(join(directory, "index"))) copyFileSync(join(directory, "index"), index);
  const begun = await inOwnIndex(head === "" ? ["read-tree", "--empty"] : ["read-tree", "--reset", "-i", head]);
  if (begun.status !== 0) return failedBy("read-tree", begun);
  const paths = request.paths.map((path) => `${path}\0`).join("");
  const literal = ["--literal-pathspecs", "add", "--all", "--pathspec-from-file=-", "--pathspec-file-nul"];
  const staged = await inOwnIndex(literal, paths);
  if (staged.status !== 0) return failedBy("add", staged);
  const made = await inOwnIndex(["commit", "--quiet", "--file=-"], request.message);
  const commit = place.ask(["rev-parse", "--verify", "--quiet", "HEAD"])?.trim() ?? "";
  // Why: a hook that runs after the commit may fail; the commit stands nevertheless.
  if (commit === "" || commit === head) return failedBy("commit", made);
  const held = heldBy(place, commit);
  await follow(inUsersIndex, held);
  const prefix = place.ask(["rev-parse", "--show-prefix"])?.replace(/\n$/, "") ?? "";
  const own = held.flatMap(({ path }) => (path.startsWith(prefix) ? [path.slice(prefix.length)] : []));
  return { commit, paths: own, output: `${staged.output}${made.output}` };
}

function failedBy(command: string, { status, output }: Answer): GitCommitResult {
  return { failed: `${command} ended with status ${status}`, output };
}

/** A path of a commit, relative to the top of the repository, and what the commit holds of it: mode and blob, zeros for what it removed. */
interface HeldPath {
  readonly path: string;
  readonly entry: string;
}

function heldBy({ ask }: CommitPlace, commit: string): readonly HeldPath[] {
  const listed = ask(["diff-tree", "--root", "-r", "-z", "--no-commit-id", "--no-renames", commit])?.split("\0") ?? [];
  const held: HeldPath[] = [];
  for (let at = 0; at + 1 < listed.length; at += 2) {
    const [, mode = "", , blob = ""] = (listed[at] ?? "").split(" ");
    held.push({ path: listed[at + 1] ?? "", entry: `${mode === "000000" ? "0" : mode} ${blob}` });
  }
  return held;
}

/** Brings the user's index up to the commit at its paths; everything else in it stays. */
async function follow(run: Run, held: readonly HeldPath[]): Promise<void> {
  const rows = held.map(({ path, entry }) => `${entry}\t${path}\0`).join("");
  await run(["update-index", "-z", "--index-info"], rows);
  await run(["update-index", "-q", "--refresh"]);
}

interface RunSettings {
  readonly request: GitCommit;
  readonly index?: string;
  readonly input: string | undefined;
}

/** Runs git as the user would, without a terminal. */
function run(
  git: string,
  root: string,
  args: readonly string[],
  { request, index, input }: RunSettings,
): Promise<Answer> {
  const environment: NodeJS.ProcessEnv = { ...process.env, GIT_TERMINAL_PROMPT: "0", GIT_EDITOR: "false" };
  for (const name of pointing) delete environment[name];
  if (index !== undefined) environment["GIT_INDEX_FILE"] = index;
  return new Promise((resolve, reject) => {
    const child = spawn(git, [...settings, ...args], {
      cwd: root,
      env: environment,
      stdio: ["pipe", "pipe", "pipe"],
      ...(request.signal === undefined ? {} : { signal: request.signal }),
    });
    const decoder = { stdout: new TextDecoder(), stderr: new TextDecoder() };
    let stdout = "";
    let output = "";
    const take = (name: "stdout" | "stderr") => (bytes: Uint8Array) => {
      const text = decoder[name].decode(bytes, { stream: true });
      if (name === "stdout") stdout += text;
      output += text;
      request.onOutput?.(text);
    };
    child.stdout.on("data", take("stdout"));
    child.stderr.on("data", take("stderr"));
    // Why: a git that ends before it read everything says why by itself.
    child.stdin.on("error", () => undefined);
    child.stdin.end(input ?? "");
    child.on("error", (error) => {
      if (request.signal?.aborted !== true) reject(error);
    });
    // Why: a hook that outlives its git holds the pipes; whoever stopped the command does not wait for it.
    child.on("exit", () => {
      if (request.signal?.aborted === true) for (const pipe of [child.stdout, child.stderr]) pipe.destroy();
    });
    child.on("close", (code) => resolve({ status: code ?? 130, stdout, output }));
  });
}
