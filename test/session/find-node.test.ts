import { describe, expect, it } from "vitest";
import { createSessionWorld, root } from "../support/session-world.ts";
import { tracedFiles } from "../support/traced-files.ts";

const ears = "docs/EARS/EARS-001_formal.md";
const world = createSessionWorld({
  ...tracedFiles,
  "notes/loose.md": "# Loose\n\n@prd: PRD-001:US-002\n",
});

describe("what a user named is found", () => {
  it.each([
    ["by the id of a document", "PRD-001", "PRD-001  Product"],
    ["by an id in small letters", "prd-001", "PRD-001  Product"],
    ["by an element", "PRD-001:US-001", "PRD-001:US-001  Be told"],
    ["by an element of an id in small letters", "prd-001:US-001", "PRD-001:US-001  Be told"],
    ["by a path", ears, "EARS-001  Formal"],
    ["by a path from the root", `${root}/${ears}`, "EARS-001  Formal"],
    ["by a path with the line of its title", `${ears}:1`, "EARS-001  Formal"],
    ["by a path with the line of a heading", `${ears}:3`, "EARS-001:EVENT-001  On alert"],
    ["by a path with a line below a heading", `${ears}:6`, "EARS-001:EVENT-001  On alert"],
    ["by a path with line and column", `${ears}:8:5`, "EARS-001:EVENT-002  On report"],
    ["by a path with its last line", `${ears}:9`, "EARS-001:EVENT-002  On report"],
    ["by the path of source", "src/alert.ts", "src/alert.ts"],
    ["by the path of a file that no walk finds", "notes/loose.md", "notes/loose.md  Loose"],
  ])("%s", async (_, target, head) => {
    const { code, stdout, stderr } = await world.call(["trace", target]);
    expect(stderr).toBe("");
    expect(stdout.split("\n")[0]).toBe(head);
    expect(code).toBe(0);
  });

  it("by a path from where the user stands", async () => {
    const { stdout } = await world.call(["trace", "EARS-001_formal.md:3"], { cwd: `${root}/docs/EARS` });
    expect(stdout.split("\n")[0]).toBe("EARS-001:EVENT-001  On alert");
  });

  it.each([
    ["an id that nothing has", "PRD-002", "There is PRD-001."],
    ["an element that nothing defines", "PRD-001:US-003", "Did you mean PRD-001:US-001 or PRD-001:US-002?"],
    ["a path that is not there", "docs/none.md", "Name an id (REQ-003)"],
    ["a path with a line that is not there", "docs/none.md:3", "Name an id (REQ-003)"],
    ["a folder", "docs/BRD", "There is no document or element docs/BRD."],
  ])("but not %s", async (_, target, message) => {
    const { code, stdout, stderr } = await world.call(["trace", target]);
    expect(stderr).toContain("usage/no-such-document");
    expect(stderr).toContain(message);
    expect(stdout).toBe("");
    expect(code).toBe(2);
  });
});

describe("the chain around what was found", () => {
  it("is drawn as two trees", async () => {
    const { stdout } = await world.call(["trace", "PRD-001:US-001"]);
    expect(stdout.split("\n")).toEqual([
      "PRD-001:US-001  Be told",
      "  docs/PRD/PRD-001_product.md:3",
      "",
      "upstream (from what it follows)",
      "  BRD-001:FR-001  docs/BRD/BRD-001_needs.md:3",
      "",
      "downstream (what follows from it)",
      "  EARS-001:EVENT-001  docs/EARS/EARS-001_formal.md:3",
      "    src/alert.ts  src/alert.ts:1",
      "      tests/alert.test.ts  tests/alert.test.ts:1",
      "",
      "First broken hop: no bdd names EARS-001:EVENT-001.",
      "  docs/EARS/EARS-001_formal.md:3",
      "",
    ]);
  });

  it.each([
    [
      "upwards, by what its tag names and what was meant",
      `${ears}:11`,
      "First broken hop: EARS-001:EVENT-002 names @prd: PRD-001:US-02, which is missing. Did you mean PRD-001:US-002?\n  docs/EARS/EARS-001_formal.md:11\n",
    ],
    ["downwards, by what nothing below names", "PRD-001:US-002", "First broken hop: no ears names PRD-001:US-002."],
  ])("tells where it breaks %s", async (_, target, text) => {
    expect((await world.call(["trace", target])).stdout).toContain(text);
  });

  it.each([
    ["an id of another number", "PRD-007", "There is PRD-001."],
    ["an id of a number far away", "PRD-7654321", "There is PRD-001."],
    ["an id with fewer digits", "PRD-1", "Did you mean PRD-001?"],
    ["an element of another name", "PRD-001:XYZ-12345", "It defines PRD-001:US-001, PRD-001:US-002."],
    ["a folder", "docs/PRD", "That is a folder. Name a document in it, such as docs/PRD/PRD-001_product.md."],
    ["an id of a type nobody has", "XYZ-001", "Name an id (REQ-003), an element (REQ-003:AC-001) or a path."],
  ])("says what there is instead of %s", async (_, target, text) => {
    const { code, stdout, stderr } = await world.call(["trace", target]);
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toContain(text);
  });

  it.each([
    ["PRD-007", "There is PRD-001."],
    ["prd-1", "Did you mean PRD-001?"],
    ["XYZ-1", "Name a file, a folder or an id"],
  ])("check says what there is instead of %s", async (target, text) => {
    const { code, stderr } = await world.call(["check", target]);
    expect(code).toBe(3);
    expect(stderr).toContain(text);
  });

  it("is given as nodes, links and the broken hop with --json", async () => {
    expect(await world.data(["trace", "EARS-001:EVENT-002"])).toMatchObject({
      root: "EARS-001:EVENT-002",
      nodes: expect.arrayContaining([
        { id: "BRD-001:FR-002", type: "BRD", layer: 1, path: "docs/BRD/BRD-001_needs.md", line: 7, title: "Reports" },
      ]) as unknown,
      links: expect.arrayContaining([
        expect.objectContaining({ from: "EARS-001:EVENT-002", to: "PRD-001:US-02", status: "missing", line: 11 }),
      ]) as unknown,
      brokenAt: { direction: "upstream", at: "EARS-001:EVENT-002", tag: "prd", near: ["PRD-001:US-002"] },
    });
  });

  it.each([
    ["mermaid", ["flowchart TD", '  n0["EARS-001:EVENT-002"]', '  n2 -. "@prd missing" .-> n0']],
    ["dot", ["digraph trace {", '  n0 [label="EARS-001:EVENT-002", penwidth=3];', "  n1 -> n0;"]],
  ])("is drawn as %s", async (format, lines) => {
    const { code, stdout } = await world.call(["trace", "EARS-001:EVENT-002", "--format", format]);
    expect(stdout.split("\n")).toEqual(expect.arrayContaining(lines));
    expect(code).toBe(0);
  });

  it("is drawn in no other format", async () => {
    const { code, stderr } = await world.call(["trace", "PRD-001", "--format", "poem"]);
    expect(stderr).toContain("text, json, mermaid, dot");
    expect(code).toBe(2);
  });
});
