import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { createCliWorld, ended } from "../support/cli.ts";

describe("documents that several processes make at once", () => {
  it("have numbers of their own, in two worktrees of one repository too", async () => {
    const world = createCliWorld({ "docs/BRD/BRD-001_first.md": "# BRD-001: First\n" });
    const git = (...args: string[]): void =>
      void execFileSync("git", ["-c", "user.name=t", "-c", "user.email=t@example.org", ...args], {
        cwd: world.root,
        stdio: "ignore",
      });
    git("init", "-q", "-b", "trunk");
    writeFileSync(join(world.root, ".gitignore"), ".iplan/\n");
    git("add", ".");
    git("commit", "-qm", "one");
    const side = join(world.outside, "side");
    if (!existsSync(world.outside)) mkdirSync(world.outside);
    git("worktree", "add", "-q", "-b", "side", side);
    const started = ["a", "b", "c", "d", "e", "f"].map((title, index) =>
      ended(world.start(["new", "brd", "--title", title], index % 2 === 0 ? {} : { cwd: side })),
    );
    for (const { code } of await Promise.all(started)) expect(code).toBe(0);
    const made = [world.root, side].flatMap((root) => readdirSync(join(root, "docs/BRD"))).sort();
    expect(made.map((name) => name.slice(0, 7))).toEqual(
      ["001", "001", "002", "003", "004", "005", "006", "007"].map((number) => `BRD-${number}`),
    );
  });
});
