import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { createGit } from "#host/git";
import type { GitCommitResult } from "#model/ports";

let folder = "";
let root = "";

beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), "iplan-commit-")));
  root = join(folder, "work");
  mkdirSync(root);
  vi.stubEnv("HOME", folder);
  vi.stubEnv("XDG_CONFIG_HOME", folder);
  vi.stubEnv("GIT_CONFIG_NOSYSTEM", "1");
  writeFileSync(
    join(folder, ".gitconfig"),
    "[user]\n\tname = Ann\n\temail = ann@example.org\n[init]\n\tdefaultBranch = main\n",
  );
});

afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

function git(...args: string[]): string {
  return execFileSync("git", args, { cwd: root, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
}

function write(path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

function hook(name: string, text: string): void {
  writeFileSync(join(root, ".git/hooks", name), `#!/bin/sh\n${text}\n`, { mode: 0o755 });
}

/** A repository with `a`, `b`, `gone` and `half` in its first commit. */
function begin(): void {
  git("init", "--quiet");
  for (const name of ["a", "b", "gone", "half"]) write(name, `${name}\n1\n2\n3\n4\n5\n6\n7\n8\n`);
  git("add", "--all");
  git("commit", "--quiet", "--message", "first");
}

const commit = (paths: readonly string[], message = "Second\n\nBody # 1\n# no comment\n"): Promise<GitCommitResult> =>
  createGit(root).commit({ paths, message });
const held = (): string => git("show", "--format=", "--name-status", "HEAD");
const status = (): string => git("status", "--porcelain");

describe("a commit of some paths", () => {
  test("holds them alone, and leaves everything else staged or changed as it was", async () => {
    begin();
    for (const path of ["a", "new/x y"]) write(path, "mine\n");
    rmSync(join(root, "gone"));
    write("b", "theirs, staged\n");
    write("staged-new", "theirs\n");
    git("add", "b", "staged-new");
    write("b", "theirs, staged and changed again\n");
    write("half", readFileSync(join(root, "half"), "utf8").replace("half", "HALF"));
    git("add", "half");
    write("half", readFileSync(join(root, "half"), "utf8").replace("8", "EIGHT"));
    write("untracked", "theirs\n");
    const before = git("diff", "--cached", "b", "half", "staged-new");
    const made = await commit(["a", "gone", "new/x y"]);
    expect(made).toMatchObject({ commit: git("rev-parse", "HEAD").trim(), paths: ["a", "gone", "new/x y"] });
    expect(held()).toBe("M\ta\nD\tgone\nA\tnew/x y\n");
    expect(git("log", "-1", "--format=%B")).toBe("Second\n\nBody # 1\n# no comment\n\n");
    expect(git("diff", "--cached", "b", "half", "staged-new")).toBe(before);
    expect(status()).toBe("MM b\nMM half\nA  staged-new\n?? untracked\n");
    expect(readdirSync(join(root, ".git")).filter((name) => name.startsWith("iplan"))).toEqual([]);
  });

  test("is the first of a branch without one", async () => {
    git("init", "--quiet");
    write("a", "1");
    write("b", "1");
    git("add", "b");
    expect(createGit(root).ground()).toEqual({ branch: "main", submodules: [] });
    expect(await commit(["a"])).toMatchObject({ paths: ["a"] });
    expect(status()).toBe("A  b\n");
  });

  test("is made in a folder of the repository, a work tree of its own and without a branch", async () => {
    begin();
    git("worktree", "add", "--quiet", "--detach", join(folder, "other"));
    root = join(folder, "other/sub");
    write("x", "1");
    writeFileSync(join(folder, "other/a"), "theirs");
    expect(createGit(root).ground()).toEqual({ head: expect.any(String) as string, submodules: [] });
    expect(createGit(root).changes()).toEqual(["x"]);
    expect(await commit(["x"])).toMatchObject({ paths: ["x"] });
    expect(held()).toBe("A\tsub/x\n");
    expect(status()).toBe(" M a\n");
  });

  test("runs hooks, which may add to it", async () => {
    begin();
    hook(
      "pre-commit",
      'git diff --cached --name-only > "$(git rev-parse --git-dir)/seen"; echo made > by-hook; git add by-hook; echo checked',
    );
    hook("commit-msg", 'echo "Checked-by: hook" >> "$1"');
    write("a", "2");
    write("b", "theirs");
    git("add", "b");
    const said: string[] = [];
    const made = await createGit(root).commit({
      paths: ["a"],
      message: "Second\n",
      onOutput: (text) => said.push(text),
    });
    expect(made).toMatchObject({ paths: ["a", "by-hook"], output: expect.stringContaining("checked") as string });
    expect(said.join("")).toContain("checked");
    expect(readFileSync(join(root, ".git/seen"), "utf8")).toBe("a\n");
    expect(git("log", "-1", "--format=%B")).toContain("Checked-by: hook");
    expect(status()).toBe("M  b\n");
  });

  test.each<[string, () => void, string]>([
    ["a hook before it", () => hook("pre-commit", "echo the linter says no >&2; exit 3"), "the linter says no"],
    ["a hook on its message", () => hook("commit-msg", "echo no ticket >&2; exit 1"), "no ticket"],
    [
      "git, which knows no author",
      () => writeFileSync(join(folder, ".gitconfig"), "[user]\n\tuseConfigOnly = true\n"),
      "email",
    ],
    ["git, for there is nothing to commit", () => git("checkout", "--", "a"), "no changes added"],
  ])("is refused by %s, and nothing changes", async (_who, prepare, words) => {
    begin();
    write("a", "2");
    write("b", "theirs");
    git("add", "b");
    prepare();
    const before = `${git("rev-parse", "HEAD")}${git("diff", "--cached")}${status()}`;
    expect(await commit(["a"])).toEqual({
      failed: expect.stringMatching(/^commit ended with status \d+$/) as string,
      output: expect.stringContaining(words) as string,
    });
    expect(`${git("rev-parse", "HEAD")}${git("diff", "--cached")}${status()}`).toBe(before);
  });

  test("asks no monitor that the repository names", async () => {
    begin();
    write("monitor", `#!/bin/sh\ntouch '${join(folder, "ran")}'\n`);
    execFileSync("chmod", ["+x", join(root, "monitor")]);
    git("config", "core.fsmonitor", join(root, "monitor"));
    write("a", "2");
    await commit(["a"]);
    expect(readdirSync(folder)).not.toContain("ran");
  });

  test("leaves submodules where they are, and names them", async () => {
    begin();
    const inner = join(folder, "inner");
    execFileSync("git", ["init", "--quiet", inner]);
    execFileSync("git", ["-C", inner, "commit", "--quiet", "--allow-empty", "--message", "one"]);
    git("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", inner, "vendor");
    git("commit", "--quiet", "--message", "vendor");
    git("-C", "vendor", "commit", "--quiet", "--allow-empty", "--message", "two");
    write("a", "2");
    expect(createGit(root).ground()?.submodules).toEqual(["vendor"]);
    expect(await commit(["a"])).toMatchObject({ paths: ["a"] });
    expect(status()).toBe(" M vendor\n");
  });
});

describe("what git is in the middle of", () => {
  const conflict = (): void => {
    begin();
    git("checkout", "--quiet", "-b", "side");
    write("a", "side");
    git("commit", "--quiet", "--all", "--message", "side");
    git("checkout", "--quiet", "main");
    write("a", "main");
    git("commit", "--quiet", "--all", "--message", "main");
  };
  const fails = (...args: string[]): void => expect(() => git(...args)).toThrow();

  test.each<[string, () => void]>([
    ["merge", () => fails("merge", "side")],
    ["rebase", () => fails("rebase", "side")],
    ["cherry-pick", () => fails("cherry-pick", "side")],
  ])("is a %s", (work, begun) => {
    conflict();
    begun();
    expect(createGit(root).ground()?.unfinished).toBe(work);
  });

  test("is nothing outside of a repository", () => expect(createGit(folder).ground()).toBeUndefined());
});

describe("what is ignored, and what was committed last", () => {
  test("is told by path", () => {
    begin();
    write(".gitignore", "build/\n");
    write("build/x", "1");
    expect(createGit(root).ignored(["a", "build/x"])).toEqual(["build/x"]);
    expect(createGit(root).ignored(["a"])).toEqual([]);
    expect(createGit(root).lastCommit(["a"])).toBe(git("rev-parse", "HEAD").trim());
    expect(createGit(root).lastCommit(["build/x"])).toBeUndefined();
  });
});
