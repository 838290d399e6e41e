import { describe, expect, test } from "vitest";
import type { GitTree } from "#model/ports";
import { createSessionWorld, root, type SessionWorld } from "../support/session-world.ts";

const config = (profile: string): string => `docs: docs\nprofile: ${profile}\n`;
const chain = ["prd", "ears", "bdd", "adr", "sys", "req", "impl", "ctr", "spec", "tasks", "iplan"];
const profiles = [
  ["aidoc-16", "001"],
  ["aidoc-dotted", "01"],
] as const;

/** Rules that name what a person has yet to fill in. */
const placeholderRules = new Set([
  "document/template-text",
  "plan/placeholder-in-command",
  "plan/unprovable-outcome",
  "plan/complexity-range",
]);

interface ShownFinding {
  readonly rule: string;
  readonly severity: string;
  readonly path: string;
  readonly message: string;
  readonly range: { readonly start: { readonly line: number } };
  readonly related?: readonly { readonly range: { readonly start: { readonly line: number } } }[];
}

async function findingsOf(world: SessionWorld): Promise<readonly ShownFinding[]> {
  const { stdout } = await world.call(["check", "--json"]);
  return (JSON.parse(stdout) as { findings: readonly ShownFinding[] }).findings;
}

async function make(world: SessionWorld, ...words: string[]): Promise<Record<string, unknown>> {
  const { code, stdout, stderr } = await world.call(["new", ...words, "--json"]);
  if (code !== 0) throw new Error(stderr + stdout);
  return (JSON.parse(stdout) as { data: Record<string, unknown> }).data;
}

/** A chain of new documents down to a type. */
async function grow(world: SessionWorld, number: string, last = "iplan"): Promise<void> {
  await make(world, "brd", "--title", "Parcel handover");
  for (const [index, type] of chain.entries()) {
    const parent = index === 0 ? "BRD" : (chain[index - 1] ?? "").toUpperCase();
    await make(world, type, "--from", `${parent}-${number}`);
    if (type === last) return;
  }
}

/** Lines of a text on which something stands in brackets to be filled in. */
function linesToFill(text: string): readonly number[] {
  return text.split("\n").flatMap((line, index) => (/\[[^\]]*\s[^\]]*\](?!\()/.test(line) ? [index + 1] : []));
}

describe.each(profiles)("a chain of new documents in %s", (profile, number) => {
  const world = createSessionWorld({ "iplan.config.yaml": config(profile) });

  test("has no finding but those that name its placeholders, each with its line", async () => {
    await grow(world, number);
    await make(world, "icon", "--from", `SPEC-${number}`);
    const findings = await findingsOf(world);
    expect(findings.filter(({ rule }) => !placeholderRules.has(rule))).toEqual([]);
    const named = new Map<string, Set<number>>();
    for (const { path, range, related } of findings) {
      const lines = named.get(path) ?? new Set();
      for (const { start } of [range, ...(related ?? []).map((place) => place.range)]) lines.add(start.line);
      named.set(path, lines);
    }
    const paths = world.host.files.paths().filter((path) => path.startsWith(`${root}/docs/`));
    expect(paths).toHaveLength(14);
    for (const path of paths) {
      const short = path.slice(root.length + 1);
      const unnamed = linesToFill(world.text(short)).filter((line) => named.get(short)?.has(line) !== true);
      // Why: what stands in a fence is named as code of the plan, or is an example of the interface.
      expect({ short, unnamed: unnamed.filter((line) => !isInFence(world.text(short), line)) }).toEqual({
        short,
        unnamed: [],
      });
    }
  });

  test("carries the cumulative tags down to the plan", () => {
    const path = world.host.files.paths().find((one) => one.includes("/IPLAN/")) ?? "";
    const names = [...world.text(path.slice(root.length + 1)).matchAll(/^- `@(\w+): /gm)].map((match) => match[1]);
    expect(names).toEqual(["brd", "prd", "ears", "bdd", "adr", "sys", "req", "impl", "ctr", "spec", "tasks"]);
  });

  test("is listed by each parent that has a place for it", () => {
    const listed = (type: string, child: string): void => {
      const path = world.host.files.paths().find((one) => one.includes(`/${type}/`)) ?? "";
      expect(world.text(path.slice(root.length + 1))).toContain(`${child}-${number}`);
    };
    for (const [type, child] of [
      ["BRD", "PRD"],
      ["SYS", "REQ"],
      ["REQ", "CTR"],
      ["CTR", "SPEC"],
      ["SPEC", "TASKS"],
      ["SPEC", "ICON"],
      ["TASKS", "IPLAN"],
    ] as const)
      listed(type, child);
  });
});

function isInFence(text: string, line: number): boolean {
  return (
    text
      .split("\n")
      .slice(0, line)
      .filter((one) => one.startsWith("```")).length %
      2 ===
    1
  );
}

describe("new from an element", () => {
  test("names that element alone, and goes up from there", async () => {
    const world = createSessionWorld();
    await grow(world, "001", "sys");
    const { path } = await make(world, "req", "--from", "SYS-001:FUNC-001", "--title", "Deposit");
    const text = world.text(String(path));
    expect(text).toContain("- `@sys: SYS-001:FUNC-001`\n");
    expect(text).toContain("- `@adr: ADR-001`\n");
    const { path: other } = await make(world, "req", "--from", "sys-001:PERF-001,SYS-001:SEC-001");
    expect(world.text(String(other))).toContain("- `@sys: SYS-001:PERF-001, SYS-001:SEC-001`\n");
    expect((await findingsOf(world)).filter(({ rule }) => rule.startsWith("trace/ancestor"))).toEqual([]);
  });

  test("of an element with tags of its own takes those instead of the document's", async () => {
    const world = createSessionWorld({
      "docs/BRD/BRD-001_a.md": "# BRD-001: A\n\n### FR-001: One\n\n### FR-002: Two\n",
      "docs/PRD/PRD-001_a.md":
        "# PRD-001: A\n\n### FEATURE-001: One\n\n`@brd: BRD-001:FR-001`\n\n### FEATURE-002: Two\n\n`@brd: BRD-001:FR-002`\n",
    });
    const { path } = await make(world, "ears", "--from", "PRD-001:FEATURE-002");
    expect(world.text(String(path))).toContain("- `@brd: BRD-001:FR-002`\n- `@prd: PRD-001:FEATURE-002`\n");
  });
});

describe("new from several parents", () => {
  test("joins what they lead to", async () => {
    const world = createSessionWorld();
    await grow(world, "001", "req");
    await make(world, "req", "--from", "SYS-001", "--title", "Second");
    const { path, parents } = await make(world, "spec", "--from", "REQ-001", "--from", "REQ-002", "--title", "Both");
    expect(parents).toEqual(["REQ-001", "REQ-002"]);
    expect(world.text(String(path))).toContain(
      '- "REQ-001:AC-001"\n      - "REQ-001:AC-002"\n      - "REQ-002:AC-001"',
    );
    for (const id of ["REQ-001", "REQ-002"]) {
      const file = world.host.files.paths().find((one) => one.includes(`/${id}_`)) ?? "";
      expect(world.text(file.slice(root.length + 1))).toContain("[SPEC-001](../SPEC/SPEC-001_both.yaml)");
    }
  });
});

describe("a parent that does not fit is refused", () => {
  const files = {
    "docs/BRD/BRD-001_a.md": "# BRD-001: A\n\n### FR-001: One\n",
    "docs/SYS/SYS-001_a.md": "# SYS-001: A\n",
    "docs/SYS/SYS-002_a.md": "# SYS-002: A\n",
    "docs/SYS/SYS-002_b.md": "# SYS-002: B\n",
    "docs/SPEC/SPEC-001_a.yaml": "id: SPEC-001\nmodules: [\n",
    "docs/TASKS/TASKS-000_index.md": "# TASKS-000: Index\n",
  };

  test.each([
    ["unknown", ["req", "--from", "SYS-010"], "There is no document or element SYS-010. "],
    ["ambiguous", ["req", "--from", "SYS-002"], "SYS-002 may be docs/SYS/SYS-002_a.md or docs/SYS/SYS-002_b.md."],
    ["too far above", ["req", "--from", "BRD-001"], "between them come PRD, EARS, BDD, ADR, SYS. Name a SYS."],
    ["below", ["sys", "--from", "SPEC-001"], "SPEC-001 does not come before a SYS. Name an ADR."],
    ["of the same layer", ["sys", "--from", "SYS-001"], "SYS-001 does not come before a SYS."],
    ["of a type that comes first", ["brd", "--from", "SYS-001"], "a BRD comes first"],
    ["broken", ["tasks", "--from", "SPEC-001"], "docs/SPEC/SPEC-001_a.yaml:3 cannot be read"],
    ["an index", ["iplan", "--from", "docs/TASKS/TASKS-000_index.md"], "is a template or an index"],
  ])("%s", async (_name, words, message) => {
    const world = createSessionWorld(files);
    const before = world.host.files.paths();
    const { code, stderr } = await world.call(["new", ...words]);
    expect(stderr.replace(/\s+/g, " ")).toContain(message);
    expect(code).toBe(2);
    expect(world.host.files.paths().filter((path) => path.startsWith(root))).toEqual(
      before.filter((path) => path.startsWith(root)),
    );
  });

  test("but one whose own chain has a hole only leaves a placeholder, and is told", async () => {
    const world = createSessionWorld(files);
    const { path, notes } = await make(world, "req", "--from", "SYS-001");
    expect(world.text(String(path))).toContain("- `@brd: BRD-NNN`");
    expect(notes).toContainEqual(expect.stringContaining("SYS-001 leads to no BRD, PRD, EARS, BDD, ADR"));
  });

  test("and one that says there is none says so further down", async () => {
    const world = createSessionWorld({ "docs/SYS/SYS-001_a.md": "# SYS-001: A\n\n- `@adr: null`\n" });
    const { path } = await make(world, "req", "--from", "SYS-001");
    expect(world.text(String(path))).toContain("- `@adr: null`");
  });
});

describe("the next number", () => {
  const tree = (...paths: string[]): GitTree => ({
    commit: "c",
    files: paths.map((path) => ({ path, kind: "file", executable: false, blob: "b", size: 1 })),
    read: () => [],
  });

  test("is free on every branch, in every worktree and in the index", async () => {
    const world = createSessionWorld({ "docs/BRD/BRD-001_a.md": "# BRD-001: A\n" });
    const { repository, files } = world.host;
    repository.tips = ["one", "two"];
    repository.trees.set("one", tree("docs/BRD/BRD-004_a.md", "fixtures/BRD-900_a.md"));
    repository.trees.set("two", tree("docs/PRD/PRD-007_a.md"));
    expect((await make(world, "brd", "--title", "x"))["id"]).toBe("BRD-005");
    repository.worktrees = ["/other", root, "/gone"];
    files.put("/other/docs/BRD/BRD-008_a.md", "# BRD-008: A\n");
    expect((await make(world, "brd", "--title", "x"))["id"]).toBe("BRD-009");
    files.put(`${root}/docs/BRD/BRD-000_index.md`, "| BRD-020 | gone |\n");
    expect((await make(world, "brd", "--title", "x"))["id"]).toBe("BRD-021");
  });

  test("of two that are made at once is never the same", async () => {
    const world = createSessionWorld();
    world.host.shell.alive.add(world.host.shell.self().pid);
    const made = await Promise.all(["a", "b", "c"].map((title) => make(world, "brd", "--title", title)));
    expect(made.map(({ id }) => id).sort()).toEqual(["BRD-001", "BRD-002", "BRD-003"]);
  });
});

describe("what changes with a new document", () => {
  test("is shown by a dry run, which writes nothing", async () => {
    const world = createSessionWorld();
    await make(world, "brd", "--title", "A");
    const before = world.host.files.paths().map((path) => [path, world.host.files.text(path)]);
    const { code, stdout } = await world.call(["new", "prd", "--from", "BRD-001", "--dry-run"]);
    expect(code).toBe(0);
    expect(stdout).toContain("+++ b/docs/PRD/PRD-001_a.md");
    expect(stdout).toContain("+- `@brd: BRD-001:BO-001, BRD-001:FR-001, BRD-001:NFR-001`");
    expect(stdout).toContain("-None yet.\n+- [PRD-001](../PRD/PRD-001_a.md)");
    expect(world.host.files.paths().map((path) => [path, world.host.files.text(path)])).toEqual(before);
    expect(await world.data(["new", "prd", "--from", "BRD-001", "--dry-run"])).toMatchObject({
      files: ["docs/PRD/PRD-001_a.md"],
      changed: ["docs/BRD/BRD-001_a.md"],
      dryRun: true,
    });
  });

  test("is the registry where there is one", async () => {
    const world = createSessionWorld();
    await make(world, "brd", "--title", "A");
    await world.call(["registry"]);
    const { changed } = await make(world, "prd", "--from", "BRD-001");
    expect(changed).toEqual([
      "docs/BRD/BRD-001_a.md",
      "docs/BRD/BRD-000_index.md",
      "docs/BRD/BRD-000_TRACEABILITY_MATRIX.md",
    ]);
    const { changed: next } = await make(world, "brd", "--title", "B");
    expect(next).toEqual(["docs/BRD/BRD-000_index.md", "docs/BRD/BRD-000_TRACEABILITY_MATRIX.md"]);
    expect((await world.call(["registry", "BRD", "--check"])).code).toBe(0);
  });

  test("is every registry that is there, that of a layer far below too", async () => {
    const world = createSessionWorld();
    await make(world, "brd", "--title", "A");
    await make(world, "prd", "--from", "BRD-001");
    await make(world, "ears", "--from", "PRD-001");
    await world.call(["registry"]);
    await make(world, "brd", "--title", "Other");
    expect((await world.call(["registry", "--check"])).stdout).toContain("0 not up to date");
  });

  test("is nothing at all where a parent may not be written", async () => {
    const world = createSessionWorld();
    await make(world, "brd", "--title", "A");
    world.host.files.put(`${root}/docs/BRD/BRD-001_a.md`, world.text("docs/BRD/BRD-001_a.md"), 0o444);
    const before = world.host.files.paths();
    const { code, stderr } = await world.call(["new", "prd", "--from", "BRD-001"]);
    expect(code).toBe(2);
    expect(stderr).toContain("docs/BRD/BRD-001_a.md may not be written; nothing was made.");
    expect(world.host.files.paths()).toEqual(before);
  });

  test("is never a registry that people wrote by hand", async () => {
    const index = "# BRD-000: Index\n\n| ID |\n|---|\n| BRD-001 |\n";
    const world = createSessionWorld({ "docs/BRD/BRD-000_index.md": index });
    const { changed } = await make(world, "brd", "--title", "A");
    expect(changed).toEqual([]);
    expect(world.text("docs/BRD/BRD-000_index.md")).toBe(index);
  });

  test("and a damaged registry is told, and left alone", async () => {
    const world = createSessionWorld();
    await make(world, "brd", "--title", "A");
    await world.call(["registry", "BRD"]);
    const path = "docs/BRD/BRD-000_index.md";
    world.host.files.put(`${root}/${path}`, world.text(path).replace("<!-- iplan:end index -->", ""));
    const { notes } = await make(world, "brd", "--title", "B");
    expect(notes).toEqual([expect.stringContaining(`${path} was left alone`)]);
  });

  test("is a list that goes on after its last entry, and a note where there is none", async () => {
    const world = createSessionWorld({
      "docs/BRD/BRD-001_a.md":
        "# BRD-001: A\n\n### FR-001: One\n\n## Downstream Artifacts\n\n- [PRD-001](../PRD/PRD-001_a.md)\n",
      "docs/PRD/PRD-001_a.md": "# PRD-001: A\n\n### FEATURE-001: One\n\n- `@brd: BRD-001:FR-001`\n",
    });
    await make(world, "prd", "--from", "BRD-001", "--title", "B");
    expect(world.text("docs/BRD/BRD-001_a.md")).toContain(
      "- [PRD-001](../PRD/PRD-001_a.md)\n- [PRD-002](../PRD/PRD-002_b.md)\n",
    );
    const { notes } = await make(world, "ears", "--from", "PRD-001");
    expect(notes).toEqual([expect.stringContaining("docs/PRD/PRD-001_a.md has no place that lists what follows")]);
  });
});
