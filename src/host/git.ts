import type { Git } from "#model/ports";
import { readGitTree } from "./git-tree.ts";

/** Nothing a repository configures may run while it is only read. */
const harmless = [
  "--no-optional-locks",
  "--no-pager",
  "-c",
  "core.fsmonitor=false",
  "-c",
  "core.hooksPath=/dev/null",
  "-c",
  "diff.external=",
  "-c",
  "core.quotePath=false",
];

const timeoutMs = 10_000;

/** Variables that point git at another repository; the directory alone decides. */
const pointing = ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_EXTERNAL_DIFF", "GIT_CEILING_DIRECTORIES"];

function gitEnvironment(): NodeJS.ProcessEnv {
  const environment: NodeJS.ProcessEnv = { ...process.env, GIT_TERMINAL_PROMPT: "0", LC_ALL: "C" };
  for (const name of pointing) delete environment[name];
  return environment;
}

/** Why: most answers outside a repository would cost a process each to learn that there is none. */
function isInRepository(root: string): boolean {
  const { existsSync } = process.getBuiltinModule("node:fs");
  for (let directory = root; ; directory = directory.slice(0, Math.max(1, directory.lastIndexOf("/")))) {
    if (existsSync(`${directory}/.git`)) return true;
    if (directory === "/" || !directory.includes("/")) return false;
  }
}

/** Output of a git command that only reads; undefined when git is missing, too slow, or this is no repository. */
function ask(root: string, args: readonly string[], input?: string): Buffer | undefined {
  if (!isInRepository(root)) return undefined;
  // Why: loaded only here, because most commands never need a child process.
  const { execFileSync } = process.getBuiltinModule("node:child_process");
  try {
    return execFileSync("git", [...harmless, ...args], {
      cwd: root,
      env: gitEnvironment(),
      ...(input === undefined ? {} : { input }),
      maxBuffer: 1024 * 1024 * 1024,
      stdio: [input === undefined ? "ignore" : "pipe", "pipe", "ignore"],
      timeout: timeoutMs,
    });
  } catch {
    return undefined;
  }
}

/** Facts from git about the repository around `root`. Each question is asked anew: ask at the ends of a run, not per block. */
export function createGit(root: string): Git {
  return {
    head: () => ask(root, ["rev-parse", "--verify", "--quiet", "HEAD"])?.toString("utf8").trim(),
    isDirty() {
      const changes = ask(root, ["status", "--porcelain", "--untracked-files=no", "--ignore-submodules=dirty"]);
      return changes === undefined ? undefined : changes.length > 0;
    },
    tree: (revision) => readGitTree((args, input) => ask(root, args, input), revision),
  };
}
