import { describe, expect, it } from "vitest";
import { renderImpactPage } from "#render/impact-page";
import { createPaint } from "#render/paint";
import { memoryTree } from "../support/memory-tree.ts";
import { createSessionWorld, root, type SessionWorld } from "../support/session-world.ts";
import { tracedFiles } from "../support/traced-files.ts";

const needs = "docs/BRD/BRD-001_needs.md";
const brd = tracedFiles[needs];

describe("iplan impact of what was named", () => {
  const world = createSessionWorld(tracedFiles);

  it("lists documents to review, code to look at and tests to run", async () => {
    const { code, stdout } = await world.call(["impact", "BRD-001:FR-001"]);
    expect(stdout.split("\n")).toEqual([
      "Changed: BRD-001:FR-001",
      "",
      "2 documents to review",
      "  PRD-001   docs/PRD/PRD-001_product.md   US-001 through BRD-001:FR-001",
      "  EARS-001  docs/EARS/EARS-001_formal.md  EVENT-001 through BRD-001:FR-001",
      "",
      "1 source file to look at",
      "  src/alert.ts    through EARS-001:EVENT-001",
      "",
      "1 test file to run",
      "  tests/alert.test.ts    through src/alert.ts",
      "",
    ]);
    expect(code).toBe(0);
  });

  it("puts what it goes through on a line of its own where a terminal is narrow", () => {
    const row = {
      path: "docs/PRD/PRD-001_a_name_that_is_long.md",
      id: "PRD-001",
      elements: [],
      via: ["BRD-001:FR-001"],
    };
    const change = { changed: ["BRD-001"], documents: [row, { ...row, path: "docs/b.md" }], code: [], tests: [] };
    expect(renderImpactPage(change, createPaint(false), 60)).toContain(
      "  PRD-001  docs/PRD/PRD-001_a_name_that_is_long.md\n      through BRD-001:FR-001\n  PRD-001  docs/b.md\n      through",
    );
    expect(renderImpactPage(change, createPaint(false), 90)).toContain(
      "docs/b.md                                through",
    );
  });

  it.each([
    ["named as such", ["tests/a.test.js", "tests/b.spec.mts"], ["tests/bdd/steps.ts", "tests/wall.js"]],
    ["of another language, too", ["tests/a.test.js", "tests/steps.rs"], ["tests/wall.js"]],
    ["all where none is named so", ["test/parcels.js", "test/wall.js"], []],
  ])("tells tests that can be run from what they are made with: %s", async (_title, tests, others) => {
    const tagged = [...tests, ...others].map((path) => [path, "// @ears: EARS-001:EVENT-001\n"]);
    const { "tests/alert.test.ts": _alert, "tests/other.test.ts": _other, ...untested } = tracedFiles;
    const found = await createSessionWorld({ ...untested, ...Object.fromEntries(tagged) }).data([
      "impact",
      "EARS-001:EVENT-001",
    ]);
    const paths = (part: string): readonly string[] => (found[part] as { path: string }[]).map(({ path }) => path);
    expect(paths("tests")).toEqual(tests);
    expect(paths("code")).toEqual(["src/alert.ts", ...others]);
  });

  it("names a few of many elements, and always what they go through", () => {
    const elements = Array.from({ length: 100 }, (_, index) => `US-${index}`);
    const rows = [elements, elements.slice(0, 4)].map((some) => {
      return { path: "docs/a.md", id: "PRD-001", elements: some, via: elements };
    });
    const text = renderImpactPage({ changed: ["B"], documents: rows, code: [], tests: [] }, createPaint(false), 200);
    expect(text).toContain("  US-0, US-1, US-2 and 97 more through US-0, US-1, US-2 and 97 more\n");
    expect(text).toContain("  US-0, US-1, US-2, US-3 through US-0, US-1, US-2 and 97 more\n");
  });

  it.each([
    ["an element", ["BRD-001:FR-001"], "tests/alert.test.ts\n"],
    ["a path", [needs], "tests/alert.test.ts\ntests/other.test.ts\n"],
    ["source", ["src/alert.ts"], "tests/alert.test.ts\n"],
    ["a test", ["tests/other.test.ts"], "tests/other.test.ts\n"],
    ["two things", ["src/alert.ts", "EARS-001:EVENT-002"], "tests/alert.test.ts\ntests/other.test.ts\n"],
    ["what no test follows from", ["PRD-001:US-002"], ""],
  ])("lists only the tests of %s with --tests", async (_, targets, text) => {
    const { code, stdout } = await world.call(["impact", ...targets, "--tests"]);
    expect(stdout).toBe(text);
    expect(code).toBe(0);
  });

  it("ends the paths of tests with a NUL for --null, which belongs to --tests", async () => {
    expect((await world.call(["impact", needs, "--tests", "--null"])).stdout).toBe(
      "tests/alert.test.ts\0tests/other.test.ts\0",
    );
    expect(await world.call(["impact", needs, "--null"])).toMatchObject({ code: 2, stdout: "" });
  });

  it("gives what is touched, and through what, as JSON", async () => {
    expect(await world.data(["impact", "PRD-001"])).toEqual({
      changed: ["PRD-001"],
      documents: [
        {
          path: "docs/EARS/EARS-001_formal.md",
          id: "EARS-001",
          type: "EARS",
          layer: 3,
          elements: ["EVENT-001"],
          via: ["PRD-001:US-001"],
        },
      ],
      code: [expect.objectContaining({ path: "src/alert.ts", via: ["EARS-001:EVENT-001"] })],
      tests: [expect.objectContaining({ path: "tests/alert.test.ts", via: ["src/alert.ts"] })],
    });
  });

  it.each([
    ["what is not there", ["BRD-009"], "usage/no-such-document"],
    ["a name and a revision", ["BRD-001", "--since", "HEAD"], "usage/arguments"],
    ["a revision that git does not know", ["--since", "v9"], "git knows no revision v9"],
  ])("refuses %s", async (_, words, message) => {
    const { code, stderr } = await world.call(["impact", ...words]);
    expect(stderr).toContain(message);
    expect(code).toBe(2);
  });
});

describe("iplan impact of what changed since a revision", () => {
  /** The workspace as it was at HEAD and at v1. */
  function createCommitted(): SessionWorld {
    const world = createSessionWorld(tracedFiles);
    const then = memoryTree({ "iplan.config.yaml": "docs: docs\n", ...tracedFiles });
    world.host.repository.trees.set("HEAD", then).set("v1", then);
    return world;
  }
  const put = (world: SessionWorld, path: string, text: string): void => world.host.files.put(`${root}/${path}`, text);

  it("says that nothing changed", async () => {
    const { code, stdout } = await createCommitted().call(["impact"]);
    expect(stdout).toBe("Nothing changed that the graph knows.\n");
    expect(code).toBe(0);
  });

  it.each([
    ["the element whose text changed", brd.replace("People read.", "People read them."), ["BRD-001:FR-002"]],
    ["the element whose text grew at its end", `${brd}More.\n`, ["BRD-001:FR-002"]],
    [
      "each element whose text changed, and no other",
      brd
        .replace("### FR-002", "### FR-003: Between\n\nPeople wait.\n\n### FR-002")
        .replace("are told.", "are warned.")
        .replace("People read.", "They read."),
      ["BRD-001:FR-001", "BRD-001:FR-003", "BRD-001:FR-002"],
    ],
    ["the document when something outside of its elements changed", brd.replace("Needs", "Needs\n\nWhy."), ["BRD-001"]],
    ["the document whose title changed", brd.replace("Needs", "Wants"), ["BRD-001"]],
  ])("names %s", async (_, text, changed) => {
    const world = createCommitted();
    put(world, needs, text);
    expect((await world.data(["impact"]))["changed"]).toEqual(changed);
    expect((await world.data(["impact", "--since", "v1"]))["changed"]).toEqual(changed);
  });

  it("names a document that is new", async () => {
    const world = createCommitted();
    put(world, "docs/BRD/BRD-002_more.md", brd.replace("BRD-001", "BRD-002"));
    expect((await world.data(["impact"]))["changed"]).toEqual(["BRD-002"]);
  });

  it("follows a document whose file was renamed: only what changed in it is named", async () => {
    const world = createCommitted();
    world.host.files.remove(`${root}/${needs}`);
    put(world, "docs/01_BRD/BRD-001_wants.md", brd);
    expect((await world.data(["impact"]))["changed"]).toEqual([]);
    put(world, "docs/01_BRD/BRD-001_wants.md", brd.replace("People read.", "People read them."));
    expect((await world.data(["impact"]))["changed"]).toEqual(["BRD-001:FR-002"]);
  });

  it("follows a document that was copied and then removed: only what changed in it is named", async () => {
    const [copied, text] = ["docs/01_BRD/BRD-001_wants.md", brd.replace("People read.", "People read them.")];
    const world = createCommitted();
    put(world, copied, brd);
    expect((await world.data(["impact"]))["changed"]).toEqual([]);
    world.host.repository.trees.set("half", memoryTree({ ...tracedFiles, [copied]: brd }));
    world.host.files.remove(`${root}/${needs}`);
    for (const since of ["v1", "half"]) {
      put(world, copied, brd);
      expect((await world.data(["impact", "--since", since]))["changed"]).toEqual([]);
      put(world, copied, text);
      expect((await world.data(["impact", "--since", since]))["changed"]).toEqual(["BRD-001:FR-002"]);
    }
  });

  it("names a document of which another file of its id said something else", async () => {
    const world = createCommitted();
    world.host.repository.trees.set(
      "half",
      memoryTree({ ...tracedFiles, "docs/01_BRD/BRD-001_wants.md": `${brd}More.\n` }),
    );
    expect((await world.data(["impact", "--since", "half"]))["changed"]).toEqual(["BRD-001"]);
  });

  it("names a document that is gone while others still name it, and what they are", async () => {
    const world = createCommitted();
    world.host.files.remove(`${root}/docs/PRD/PRD-001_product.md`);
    const found = await world.data(["impact"]);
    expect(found["changed"]).toEqual(["PRD-001"]);
    expect(found["documents"]).toMatchObject([
      { id: "EARS-001", elements: ["EVENT-001", "EVENT-002"], via: ["PRD-001"] },
    ]);
    expect(found["tests"]).toMatchObject([{ path: "tests/alert.test.ts" }, { path: "tests/other.test.ts" }]);
  });

  it.each([
    ["renamed", brd.replace("FR-001", "FR-010"), ["BRD-001:FR-010", "BRD-001:FR-001"]],
    ["deleted", brd.replace(/### FR-001[^#]*/u, ""), ["BRD-001:FR-001"]],
    [
      "deleted, and the document changed",
      brd.replace(/Needs[^#]*### FR-001[^#]*/u, "Wants\n\n"),
      ["BRD-001", "BRD-001:FR-001"],
    ],
  ])("names what depended on an element that was %s", async (_, text, changed) => {
    const world = createCommitted();
    put(world, needs, text);
    const found = await world.data(["impact"]);
    expect((found["changed"] as string[]).filter((id) => id !== "BRD-001:FR-002")).toEqual(changed);
    const via = expect.arrayContaining(["BRD-001:FR-001"]) as readonly string[];
    expect(found["documents"]).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ id: "PRD-001", elements: expect.arrayContaining(["US-001"]) as unknown, via }),
        expect.objectContaining({ id: "EARS-001", elements: expect.arrayContaining(["EVENT-001"]) as unknown, via }),
      ]),
    );
    expect(found["tests"]).toEqual(
      expect.arrayContaining([expect.objectContaining({ path: "tests/alert.test.ts", via: ["src/alert.ts"] })]),
    );
  });

  it("names what depended on the row of a table that was deleted, and not on the next one", async () => {
    const [path, rows] = ["docs/BRD/BRD-002_rows.md", "| FR-001 | Told |\n| FR-002 | Read |\n"];
    const table = `# BRD-002: Rows\n\n| ID | Need |\n| --- | --- |\n${rows}`;
    const ears =
      "# EARS-002: Formal\n\n### EVENT-001: Told\n\n@brd: BRD-002:FR-001\n\n### EVENT-002: Read\n\n@brd: BRD-002:FR-002\n";
    const files = { ...tracedFiles, [path]: table, "docs/EARS/EARS-002_rows.md": ears };
    const world = createSessionWorld(files);
    world.host.repository.trees.set("HEAD", memoryTree({ "iplan.config.yaml": "docs: docs\n", ...files }));
    put(world, path, table.replace("| FR-001 | Told |\n", ""));
    const found = await world.data(["impact"]);
    expect(found["changed"]).toEqual(["BRD-002:FR-001"]);
    expect(found["documents"]).toMatchObject([{ id: "EARS-002", elements: ["EVENT-001"] }]);
  });

  it.each([
    ["gone", undefined, ["src/alert.ts"]],
    ["moved", "src/warn.ts", ["src/warn.ts", "src/alert.ts"]],
  ])("lists the tests of a source file that is %s", async (_, to, changed) => {
    const world = createCommitted();
    world.host.files.remove(`${root}/src/alert.ts`);
    if (to !== undefined) put(world, to, tracedFiles["src/alert.ts"]);
    const found = await world.data(["impact"]);
    expect(found["changed"]).toEqual(changed);
    expect(found["tests"]).toMatchObject([{ path: "tests/alert.test.ts", via: ["src/alert.ts"] }]);
  });

  it("names a document whose file has another id now", async () => {
    const world = createCommitted();
    world.host.files.remove(`${root}/${needs}`);
    put(world, "docs/BRD/BRD-002_needs.md", brd);
    expect((await world.data(["impact"]))["changed"]).toContain("BRD-001");
  });

  it("names no document that is gone and that nothing names", async () => {
    const world = createCommitted();
    world.host.repository.trees.set(
      "old",
      memoryTree({ ...tracedFiles, "docs/BRD/BRD-007_old.md": brd.replace("BRD-001", "BRD-007") }),
    );
    expect((await world.data(["impact", "--since", "old"]))["changed"]).toEqual([]);
  });

  it("tells a repository without a commit from a folder without a repository", async () => {
    const world = createSessionWorld(tracedFiles);
    world.host.repository.head = undefined;
    expect((await world.call(["impact"])).stderr).toContain("lies in no git repository");
    world.host.repository.branch = "main";
    expect((await world.call(["impact"])).stderr).toContain("has no commit yet");
  });
});
