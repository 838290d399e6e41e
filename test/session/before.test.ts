import type { GitTree } from "#model/ports";
import { describe, expect, it } from "vitest";
import { createSessionWorld } from "../support/session-world.ts";

const path = "docs/BRD/BRD-001_greeting.md";
const wounded = "# BRD-001: Greeting\n\nThe price is 5 â‚¬.\n";

function treeOf(files: Readonly<Record<string, string>>): GitTree {
  const bytes = new Map(Object.entries(files).map(([name, text]) => [name, new TextEncoder().encode(text)]));
  return {
    commit: "c0ffee",
    files: [...bytes].map(([name, { length }]) => ({
      path: name,
      kind: "file",
      executable: false,
      blob: name,
      size: length,
    })),
    read: (wanted) => wanted.map((one) => bytes.get(one.path)),
  };
}

describe("check --since in memory", () => {
  it.each([
    ["the same text passes", wounded, wounded, 0],
    ["a finding that is new fails", "# BRD-001: Greeting\n\nThe price is 5 €.\n", wounded, 1],
    ["a block that is not closed is new beside an old finding", wounded, `${wounded}\n\`\`\`bash\nls\n`, 1],
  ])("%s", async (_title, then, now, code) => {
    const world = createSessionWorld({ [path]: now });
    world.host.repository.trees.set("main", treeOf({ "iplan.config.yaml": "docs: docs\n", [path]: then }));
    expect((await world.call(["check", "--since", "main"])).code).toBe(code);
    expect(world.text(path)).toBe(now);
  });

  it.each([
    ["in a repository without a commit everything is new since HEAD", "HEAD", "main", wounded, 1, ""],
    ["what is sound passes there", "HEAD", "main", "# BRD-001: Greeting\n", 0, ""],
    ["no other revision is there", "main", "main", wounded, 2, "has no commit yet"],
    ["nor HEAD out of a repository", "HEAD", undefined, wounded, 2, "in no git repository"],
  ])("%s", async (_title, since, branch, now, code, message) => {
    const world = createSessionWorld({ [path]: now });
    world.host.repository.head = undefined;
    if (branch !== undefined) world.host.repository.branch = branch;
    const result = await world.call(["check", "--since", since]);
    expect(result.code).toBe(code);
    expect(result.stderr).toContain(message);
  });

  const renamed = "docs/01_BRD/BRD-001_hello.md";
  const name = "IPLAN-1_odd.md";
  const odd = `docs/a/${name}`;
  const linking = "# BRD-002: Note\n\nSee [it](BRD-001_greeting.md).\n";
  const links = "# BRD-001: Greeting\n\n[a](nope.md) [b](#none) [c](../x/y.md#z) [d](/docs/n.md) [e](./p%20q.md)\n";
  const linksAnew = links.replace("(nope.md)", "(../BRD/nope.md)").replace("(./p", "(../BRD/p");
  it.each([
    ["a finding in a file that was moved and renamed was there before", { [path]: wounded }, { [renamed]: wounded }, 0],
    ["one that came with the renaming is new", { [path]: wounded }, { [renamed]: `${wounded}\n\`\`\`bash\nls\n` }, 1],
    [
      "of equal findings the one more is new",
      { [path]: "# BRD-001: Greeting\n\n- [a](../../../x.md)\n" },
      { [renamed]: "# BRD-001: Greeting\n\n- [a](../../../x.md)\n- [a](../../../x.md)\n" },
      1,
    ],
    ["broken links of a file that was moved were broken before", { [path]: links }, { [renamed]: links }, 0],
    ["and those that were written anew for its new place", { [path]: links }, { [renamed]: linksAnew }, 0],
    ["a link that leads elsewhere is new", { [path]: links }, { [renamed]: links.replace("nope", "none") }, 1],
    ["a plan of no right name, moved as it was, is known", { [odd]: wounded }, { [`docs/b/${name}`]: wounded }, 0],
    ["one that was edited too is new", { [odd]: wounded }, { [`docs/b/${name}`]: `${wounded}\nMore.\n` }, 1],
    [
      "a link that the renaming broke is new",
      { [path]: "# BRD-001: Greeting\n", "docs/BRD/BRD-002_n.md": linking },
      { "docs/BRD/BRD-002_n.md": linking, [renamed]: "# BRD-001: Greeting\n" },
      1,
    ],
  ])("%s", async (_title, then, now, code) => {
    const world = createSessionWorld(now);
    world.host.repository.trees.set("main", treeOf({ "iplan.config.yaml": "docs: docs\n", ...then }));
    const asked = ["check", "--since", "main", "--max-warnings", "0"];
    expect((await world.call(asked)).code).toBe(code);
    expect((await world.call([...asked, Object.keys(now)[0] ?? ""])).code).toBe(code);
  });

  const needs = (...elements: readonly string[]): string =>
    `# BRD-001: Needs\n\n${elements.map((element) => `### ${element}: One\n\nText.\n`).join("\n")}`;
  const prd = { "docs/PRD/PRD-001_a.md": "# PRD-001: A\n\n### US-001: One\n\n@brd: BRD-001:FR-001\n" };
  it.each([
    ["one more place of a known cause is new", ["FR-001", "FR-002"], ["FR-001", "FR-002", "FR-003"], 1],
    ["another place of a known cause is new", ["FR-001", "FR-002"], ["FR-001", "FR-003"], 1],
    ["fewer places of a known cause are known", ["FR-001", "FR-002", "FR-003"], ["FR-001", "FR-003"], 0],
  ])("%s", async (_title, then, now, code) => {
    for (const before of ["--since", "--baseline"]) {
      const world = createSessionWorld({ [path]: needs(...then), ...prd });
      const old = { "iplan.config.yaml": "docs: docs\n", [path]: needs(...then), ...prd };
      world.host.repository.trees.set("main", treeOf(old));
      await world.call(["check", "--write-baseline", "docs/b.json"]);
      world.host.files.put(`/ws/${path}`, needs(...now));
      const { stdout, code: found } = await world.call([
        "check",
        "--max-warnings",
        "0",
        ...(before === "--since" ? [before, "main"] : [before, "docs/b.json"]),
      ]);
      expect([stdout.includes("trace/uncovered"), found]).toEqual([code === 1, code]);
    }
  });

  it("refuses a revision that git does not know", async () => {
    const result = await createSessionWorld({ [path]: wounded }).call(["check", "--since=nowhere"]);
    expect(result).toMatchObject({ code: 2, stdout: "" });
    expect(result.stderr).toContain("git fetch --unshallow");
  });
});

describe("an empty configuration", () => {
  it.each(["", "# nothing yet\n"])("has all defaults: %j", async (text) => {
    const world = createSessionWorld({ [path]: "# BRD-001: Greeting\n" });
    world.host.files.put("/ws/iplan.config.yaml", text);
    expect(await world.call(["check"])).toMatchObject({ code: 0, stdout: expect.stringContaining("nothing found") });
  });
});

describe("a baseline in memory", () => {
  it("lets known findings pass, and a new one fail", async () => {
    const world = createSessionWorld({ [path]: wounded });
    expect((await world.call(["check"])).code).toBe(1);
    expect((await world.call(["check", "--write-baseline", "docs/b.json"])).code).toBe(0);
    expect((await world.call(["check", "--baseline", "docs/b.json"])).code).toBe(0);
    world.host.files.put(`/ws/${path}`, `${wounded}\n\`\`\`bash\nls\n`);
    expect((await world.call(["check", "--baseline", "docs/b.json"])).code).toBe(1);
  });

  it.each([
    [["--baseline", "docs/none.json"], "There is no baseline docs/none.json."],
    [["--write-baseline", "iplan.config.yaml"], "iplan.config.yaml is no baseline of iplan."],
    [["--write-baseline", "none/b.json"], "would not lie in a folder of the workspace"],
  ])("refuses %j", async (words, message) => {
    const result = await createSessionWorld({ [path]: wounded }).call(["check", ...words]);
    expect(result.code).toBe(2);
    expect(result.stderr).toContain(message);
  });
});
