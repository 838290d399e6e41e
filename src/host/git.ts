import type { Git } from "#model/ports";
import { readGitHistory } from "./git-history.ts";
import { groundOf, pointing } from "./git-ground.ts";
import { readGitTree } from "./git-tree.ts";
import { findProgram } from "./machine.ts";

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
  // Why: a clone may hold files that make one of its folders a repository of its own, with settings of its own.
  "-c",
  "safe.bareRepository=explicit",
];

/** Why: of a partial clone git fetches what is missing while it reads, by a program that the repository names. */
const unconnected = { GIT_TERMINAL_PROMPT: "0", GIT_NO_LAZY_FETCH: "1", GIT_ALLOW_PROTOCOL: "none", LC_ALL: "C" };

const timeoutMs = 10_000;

function gitEnvironment(): NodeJS.ProcessEnv {
  const environment: NodeJS.ProcessEnv = { ...process.env, ...unconnected };
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
function ask(
  root: string,
  args: readonly string[],
  input?: string,
  onFailure?: (said: string) => void,
): Buffer | undefined {
  if (!isInRepository(root)) return undefined;
  // Why: by its whole path, because a PATH with `.` in it would find a program of the repository.
  const git = findProgram("git");
  if (git === undefined) return undefined;
  // Why: loaded only here, because most commands never need a child process.
  const { execFileSync } = process.getBuiltinModule("node:child_process");
  try {
    return execFileSync(git, [...harmless, ...args], {
      cwd: root,
      env: gitEnvironment(),
      ...(input === undefined ? {} : { input }),
      maxBuffer: 1024 * 1024 * 1024,
      stdio: [input === undefined ? "ignore" : "pipe", "pipe", onFailure === undefined ? "ignore" : "pipe"],
      timeout: timeoutMs,
    });
  } catch (error) {
    if (error instanceof Error && "stderr" in error) onFailure?.(String(error.stderr));
    return undefined;
  }
}

/** Why: only what git says tells a repository that it refuses from none at all; git 2.35 called it unsafe. */
function distrustedIn(root: string): string | undefined {
  let path: string | undefined;
  ask(root, ["rev-parse", "--git-dir"], undefined, (said) => {
    path = /(?:dubious ownership in repository at|unsafe repository \() ?'(.+)'/.exec(said)?.[1];
  });
  return path;
}

/**
 * Settings that switch off the filters of the repository's own configuration, which git would start to compare a file whose times
 * changed; filters of the user's configuration hold. Undefined when they cannot be told or switched off.
 */
function withoutFilters(root: string): readonly string[] | undefined {
  const listed = ask(root, ["config", "--list", "--null", "--name-only", "--show-scope"])?.toString("utf8").split("\0");
  if (listed === undefined) return undefined;
  const names = new Set<string>();
  for (let at = 0; at + 1 < listed.length; at += 2) {
    const name = /^filter\.(.*)\.[^.]*$/s.exec(listed[at + 1] ?? "")?.[1];
    if (name !== undefined && !usersOwn.has(listed[at] ?? "")) names.add(name);
  }
  // Why: `-c` splits at the first `=`.
  if ([...names].some((name) => name.includes("="))) return undefined;
  return [...names].flatMap((name) =>
    ["clean=", "process=", "required=false"].flatMap((setting) => ["-c", `filter.${name}.${setting}`]),
  );
}

const usersOwn: ReadonlySet<string> = new Set(["system", "global", "command"]);

/** Facts from git about the repository around `root`. Each question is asked anew: ask at the ends of a run, not per block. */
export function createGit(root: string): Git {
  return {
    head: () => ask(root, ["rev-parse", "--verify", "--quiet", "HEAD"])?.toString("utf8").trim(),
    isDirty() {
      const filters = withoutFilters(root);
      if (filters === undefined) return undefined;
      const status = ["status", "--porcelain", "--untracked-files=no", "--ignore-submodules=dirty"];
      const changes = ask(root, [...filters, ...status]);
      return changes === undefined ? undefined : changes.length > 0;
    },
    tree: (revision) => readGitTree((args, input) => ask(root, args, input), revision),
    branch: () => askText(root, ["branch", "--show-current"])?.trim(),
    changes: () => changedPaths(root),
    hasTag: (name) => hasLine(askText(root, ["tag", "--list"]), name),
    isTracked: (path) => {
      const found = ask(root, ["--literal-pathspecs", "ls-files", "-z", "--", path]);
      return found === undefined ? undefined : found.length > 0;
    },
    history: () => readGitHistory((args, input) => ask(root, args, input)),
    tips: () => branchTips(root),
    worktrees: () => worktreeDirectories(root),
    ground: () => groundOf((args) => askText(root, args)),
    distrusted: () => distrustedIn(root),
    ignored: (paths) => ignoredOf(root, paths),
    lastCommit(paths) {
      if (paths.length === 0) return undefined;
      const found = askText(root, ["--literal-pathspecs", "log", "-1", "--format=%H", "--", ...paths])?.trim();
      return found === "" ? undefined : found;
    },
    async commit(request) {
      // Why: loaded only here, because only one command commits.
      const { commitPaths } = await import("./git-commit.ts");
      return commitPaths({ root, ask: (args) => askText(root, args) }, request);
    },
  };
}
/** Why: git ends with status 1 when it ignores none, which `ask` takes for no answer. */
function ignoredOf(root: string, paths: readonly string[]): readonly string[] {
  if (paths.length === 0) return [];
  const listed = ask(root, ["check-ignore", "-z", "--stdin"], paths.map((path) => `${path}\0`).join(""));
  return (listed?.toString("utf8") ?? "").split("\0").filter((path) => path !== "");
}

function branchTips(root: string): readonly string[] | undefined {
  const branches = askText(root, ["for-each-ref", "--format=%(objectname)", "refs/heads", "refs/remotes"]);
  const worktrees = askText(root, ["worktree", "list", "--porcelain"]);
  if (branches === undefined) return undefined;
  const heads = [...(worktrees ?? "").matchAll(/^HEAD ([0-9a-f]{40,64})$/gm)].map((match) => match[1] ?? "");
  // Why: a worktree of a branch without a commit has a head of zeros.
  return [...new Set([...branches.split("\n"), ...heads])].filter((commit) => /[^0]/.test(commit));
}

function worktreeDirectories(root: string): readonly string[] | undefined {
  const listed = askText(root, ["worktree", "list", "--porcelain"]);
  const prefix = listed === undefined ? undefined : askText(root, ["rev-parse", "--show-prefix"])?.trim();
  if (listed === undefined || prefix === undefined) return undefined;
  const below = prefix === "" ? "" : `/${prefix.replace(/\/$/, "")}`;
  return [...listed.matchAll(/^worktree (.+)$/gm)].map((match) => `${match[1] ?? ""}${below}`);
}

function askText(root: string, args: readonly string[]): string | undefined {
  return ask(root, args)?.toString("utf8");
}

/** Why: `-z` leaves names as they are; a rename gives its old name as an entry of its own, without a state before it. */
function changedPaths(root: string): readonly string[] | undefined {
  const filters = withoutFilters(root);
  if (filters === undefined) return undefined;
  const scope = ["--untracked-files=all", "--ignore-submodules=dirty", "--no-renames", "--", "."];
  const listed = askText(root, [...filters, "status", "--porcelain", "-z", ...scope]);
  const prefix = listed === undefined ? undefined : askText(root, ["rev-parse", "--show-prefix"])?.trimEnd();
  if (listed === undefined || prefix === undefined) return undefined;
  const paths = listed.split("\0").flatMap((entry) => (entry === "" ? [] : [entry.slice(3)]));
  return paths.map((path) => (path.startsWith(prefix) ? path.slice(prefix.length) : path));
}

function hasLine(text: string | undefined, line: string): boolean | undefined {
  return text === undefined ? undefined : text.split("\n").includes(line);
}
