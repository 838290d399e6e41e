import { execFileSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { createGit } from "#host/git";

let root = "";

beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), "iplan-git-")));
});

afterEach(() => rmSync(root, { recursive: true, force: true }));

describe("git in a repository that was made to harm", () => {
  const identity = ["-c", "user.name=t", "-c", "user.email=t@example.org", "-c", "protocol.file.allow=always"];
  const gitIn = (folder: string, ...args: string[]): string =>
    execFileSync("git", [...identity, ...args], { cwd: folder, encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
  const trap = (): string => {
    const path = join(root, "trap.sh");
    writeFileSync(path, `#!/bin/sh\ntouch '${join(root, "ran")}'\nexec cat\n`, { mode: 0o755 });
    return path;
  };
  const commit = (folder: string): void => {
    mkdirSync(folder, { recursive: true });
    gitIn(folder, "init", "-q");
    writeFileSync(join(folder, "a"), "1");
    gitIn(folder, "add", "a");
    gitIn(folder, "commit", "-qm", "one");
  };
  /** Why: git looks into a file again when its times changed. */
  const touchLater = (path: string): void => utimesSync(path, new Date(), new Date(Date.now() + 60_000));
  const work = (): string => join(root, "work");

  test.each<[string, () => void]>([
    [
      "a clean filter",
      () => {
        gitIn(work(), "config", "filter.x.y.clean", trap());
        gitIn(work(), "config", "filter.x.y.required", "true");
        writeFileSync(join(work(), ".gitattributes"), "* filter=x.y\n");
      },
    ],
    [
      "a filter process",
      () => {
        gitIn(work(), "config", "filter.x.process", trap());
        writeFileSync(join(work(), ".git/info/attributes"), "* filter=x\n");
      },
    ],
    [
      "a filter in an included file, with = in its name",
      () => {
        writeFileSync(join(work(), "more"), `[filter "a=b"]\n\tclean = ${trap()}\n`);
        gitIn(work(), "config", "include.path", "../more");
        writeFileSync(join(work(), ".gitattributes"), "* filter=a=b\n");
      },
    ],
    [
      "a filter of the work tree's own configuration",
      () => {
        gitIn(work(), "config", "extensions.worktreeConfig", "true");
        writeFileSync(join(work(), ".git/config.worktree"), `[filter "w"]\n\tclean = ${trap()}\n`);
        writeFileSync(join(work(), ".gitattributes"), "* filter=w\n");
      },
    ],
    [
      "a promise of missing objects",
      () => {
        const ran = `sh -c 'touch ${join(root, "ran")}' `;
        for (const [key, value] of [
          ["core.repositoryFormatVersion", "1"],
          ["extensions.partialClone", "origin"],
          ["remote.origin.promisor", "true"],
          ["remote.origin.url", `ext::${ran}`],
          ["remote.origin.uploadpack", ran],
          ["protocol.ext.allow", "always"],
          ["protocol.allow", "always"],
        ] as const)
          gitIn(work(), "config", key, value);
        const tree = gitIn(work(), "rev-parse", "HEAD^{tree}").trim();
        rmSync(join(work(), ".git/objects", tree.slice(0, 2)), { recursive: true });
      },
    ],
    [
      "a submodule with settings of its own",
      () => {
        commit(join(root, "other"));
        gitIn(work(), "submodule", "--quiet", "add", "../other", "sub");
        gitIn(work(), "commit", "-qm", "two");
        gitIn(join(work(), "sub"), "config", "core.fsmonitor", trap());
        gitIn(join(work(), "sub"), "config", "filter.x.clean", trap());
        writeFileSync(join(work(), "sub/.gitattributes"), "* filter=x\n");
        touchLater(join(work(), "sub/a"));
      },
    ],
    [
      "pagers, aliases and programs for everything",
      () => {
        for (const key of [
          "core.pager",
          "pager.status",
          "core.sshCommand",
          "core.editor",
          "core.askPass",
          "gpg.program",
        ])
          gitIn(work(), "config", key, trap());
        for (const name of ["status", "rev-parse", "config"]) gitIn(work(), "config", `alias.${name}`, `!${trap()}`);
        gitIn(work(), "config", "diff.d.textconv", trap());
        gitIn(work(), "config", "diff.d.command", trap());
        writeFileSync(join(work(), ".gitattributes"), "* diff=d\n");
      },
    ],
    [
      "a signature that is to be shown",
      () => {
        const text = gitIn(work(), "cat-file", "commit", "HEAD");
        const head = text.indexOf("\n\n");
        const signature = "gpgsig -----BEGIN PGP SIGNATURE-----\n \n eA==\n -----END PGP SIGNATURE-----";
        writeFileSync(join(root, "signed"), `${text.slice(0, head)}\n${signature}${text.slice(head)}`);
        gitIn(work(), "reset", "-q", gitIn(work(), "hash-object", "-t", "commit", "-w", join(root, "signed")).trim());
        gitIn(work(), "config", "gpg.program", trap());
        gitIn(work(), "config", "log.showSignature", "true");
      },
    ],
  ])("starts nothing: %s", (_name, arm) => {
    commit(work());
    arm();
    touchLater(join(work(), "a"));
    const facts = createGit(work());
    facts.isDirty();
    facts.head();
    facts.tree("HEAD");
    facts.history();
    facts.changes();
    expect(existsSync(join(root, "ran"))).toBe(false);
  });

  test("tells how the files of a folder changed along first parents, the oldest first", () => {
    commit(work());
    const docs = join(work(), "docs");
    const put = (name: string, text: string): void => writeFileSync(join(docs, name), text);
    const save = (message: string): void => {
      gitIn(work(), "add", "-A");
      gitIn(work(), "-c", "commit.gpgsign=false", "commit", "-qm", message);
    };
    mkdirSync(docs);
    put("é b.md", "1");
    save("two");
    const main = gitIn(work(), "branch", "--show-current").trim();
    gitIn(work(), "switch", "-qc", "side");
    put("side.md", "s");
    save("side");
    gitIn(work(), "switch", "-q", main);
    put("é b.md", "2");
    save("three");
    gitIn(work(), "merge", "-q", "--no-edit", "side");
    rmSync(join(docs, "side.md"));
    save("four");
    const history = createGit(docs).history();
    const changes = history?.changes ?? [];
    expect(changes.map(({ path, order, blob }) => [path, order, blob !== undefined])).toEqual([
      ["é b.md", 0, true],
      ["é b.md", 1, true],
      ["side.md", 2, true],
      ["side.md", 3, false],
    ]);
    const texts = history
      ?.read(changes.flatMap(({ blob }) => blob ?? []))
      .map((bytes) => new TextDecoder().decode(bytes));
    expect(texts).toEqual(["1", "2", "s"]);
    expect(history?.shallow).toBe(false);
    gitIn(root, "clone", "-q", "--depth", "1", `file://${work()}`, "copy");
    expect(createGit(join(root, "copy")).history()?.shallow).toBe(true);
    expect(createGit(root).history()).toBeUndefined();
  });

  test("does not take a folder of the clone for a repository of its own", () => {
    commit(work());
    const inner = join(work(), "docs");
    gitIn(work(), "init", "-q", "--bare", "docs");
    gitIn(inner, "config", "core.bare", "false");
    gitIn(inner, "config", "core.worktree", root);
    gitIn(inner, "config", "core.fsmonitor", trap());
    expect(createGit(inner).head()).toBeUndefined();
    expect(existsSync(join(root, "ran"))).toBe(false);
  });

  test("keeps to a git outside of the repository, whatever PATH says", () => {
    commit(work());
    writeFileSync(join(work(), "git"), readFileSync(trap()), { mode: 0o755 });
    const before = process.cwd();
    vi.stubEnv("PATH", `.::${process.env["PATH"] ?? ""}`);
    try {
      process.chdir(work());
      expect(createGit(work()).head()).toMatch(/^[0-9a-f]{40}$/);
    } finally {
      process.chdir(before);
      vi.unstubAllEnvs();
    }
    expect(existsSync(join(root, "ran"))).toBe(false);
  });
});

describe("a repository of another user", () => {
  afterEach(() => vi.unstubAllEnvs());

  test("is named, and told from one that git reads and from none at all", () => {
    const folder = join(root, "tea\u2019s work");
    mkdirSync(join(folder, "docs"), { recursive: true });
    expect(createGit(folder).distrusted()).toBeUndefined();
    execFileSync("git", ["init", "-q"], { cwd: folder, stdio: "ignore" });
    expect(createGit(folder).distrusted()).toBeUndefined();
    vi.stubEnv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1");
    vi.stubEnv("GIT_CONFIG_GLOBAL", "/dev/null");
    expect(createGit(join(folder, "docs")).distrusted()).toBe(folder);
    expect(createGit(folder).branch()).toBeUndefined();
  });
});

describe("what git knows of branches and worktrees", () => {
  const git = (folder: string, ...args: string[]): void =>
    void execFileSync("git", ["-c", "user.name=t", "-c", "user.email=t@example.org", ...args], {
      cwd: folder,
      stdio: "ignore",
    });

  test("are the tips of all branches, each once, and the directory in each worktree, the main one first", () => {
    const main = join(root, "main");
    mkdirSync(join(main, "docs"), { recursive: true });
    git(main, "init", "-q", "-b", "trunk");
    writeFileSync(join(main, "docs", "a"), "1");
    git(main, "add", ".");
    git(main, "commit", "-qm", "one");
    git(main, "branch", "same");
    git(main, "worktree", "add", "-q", "-b", "side", join(root, "side"));
    writeFileSync(join(root, "side", "docs", "b"), "2");
    git(join(root, "side"), "add", ".");
    git(join(root, "side"), "commit", "-qm", "two");
    const asked = createGit(join(root, "side", "docs"));
    const tips = asked.tips() ?? [];
    expect(tips).toHaveLength(2);
    expect(tips.map((tip) => asked.tree(tip)?.files.map(({ path }) => path)).sort()).toEqual([["a"], ["a", "b"]]);
    expect(asked.worktrees()).toEqual([join(main, "docs"), join(root, "side", "docs")]);
  });

  test("is nothing outside of a repository, and no commit in an empty one", () => {
    expect(createGit(root).tips()).toBeUndefined();
    expect(createGit(root).worktrees()).toBeUndefined();
    git(root, "init", "-q");
    expect(createGit(root).tips()).toEqual([]);
    expect(createGit(root).worktrees()).toEqual([root]);
  });
});
