import { execFileSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { createCliWorld } from "../support/cli.ts";

const brd = "# BRD-001: Needs\n\n### FR-001: Alerts\n\nPeople are told.\n\n### FR-002: Reports\n\nPeople read.\n";
const prd =
  "# PRD-001: Product\n\n### US-001: Be told\n\n@brd: BRD-001:FR-001\n\n### US-002: Read\n\n@brd: BRD-001:FR-002\n";
const ears =
  "# EARS-001: Formal\n\n### EVENT-001: On alert\n\n@brd: BRD-001:FR-001\n@prd: PRD-001:US-001\n\n### EVENT-002: On report\n\n@brd: BRD-001:FR-002\n@prd: PRD-001:US-02\n";

const files = {
  "docs/BRD/BRD-001_needs.md": brd,
  "docs/PRD/PRD-001_product.md": prd,
  "docs/EARS/EARS-001_formal.md": ears,
};

/** The `data` of a JSON answer. */
function data(stdout: string): Record<string, unknown> {
  return (JSON.parse(stdout) as { data: Record<string, unknown> }).data;
}

describe("iplan trace", () => {
  const world = createCliWorld(files);

  it("shows the chain of an element in both directions", () => {
    const { code, stdout } = world.iplan(["trace", "prd-001:US-001"]);
    expect(code).toBe(0);
    expect(stdout).toBe(
      [
        "PRD-001:US-001  Be told",
        "  docs/PRD/PRD-001_product.md:3",
        "",
        "upstream (from what it follows)",
        "  BRD-001:FR-001  docs/BRD/BRD-001_needs.md:3",
        "",
        "downstream (what follows from it)",
        "  EARS-001:EVENT-001  docs/EARS/EARS-001_formal.md:3",
        "",
        "The chain is whole.",
        "",
      ].join("\n"),
    );
  });

  it("names the first broken hop and what was meant", () => {
    const { code, stdout } = world.iplan(["trace", "docs/EARS/EARS-001_formal.md:11"]);
    expect(code).toBe(0);
    expect(stdout).toContain("  PRD-001:US-02  @prd missing\n");
    expect(stdout).toContain(
      "First broken hop: EARS-001:EVENT-002 names @prd: PRD-001:US-02, which is missing. Did you mean PRD-001:US-002?\n  docs/EARS/EARS-001_formal.md:11\n",
    );
  });

  it.each([
    ["docs/EARS/EARS-001_formal.md", "EARS-001  Formal"],
    ["docs/EARS/EARS-001_formal.md:1", "EARS-001  Formal"],
    ["docs/EARS/EARS-001_formal.md:3", "EARS-001:EVENT-001  On alert"],
    ["docs/EARS/EARS-001_formal.md:8:5", "EARS-001:EVENT-002  On report"],
    ["docs/EARS/EARS-001_formal.md:12", "EARS-001  Formal"],
  ])("finds what stands at %s", (target, head) => {
    expect(world.iplan(["trace", target]).stdout.split("\n")[0]).toBe(head);
  });

  it.each(["0", "99", "99:1"])("says how many lines a document has that has no line %s", (line) => {
    const { code, stdout, stderr } = world.iplan(["trace", `docs/EARS/EARS-001_formal.md:${line}`]);
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toMatch(/^iplan: docs\/EARS\/EARS-001_formal\.md has no line \d+\.\nIts lines are 1 to \d+\.\n/);
  });

  it("says what nothing below names", () => {
    const { stdout } = world.iplan(["trace", "PRD-001:US-002"]);
    expect(stdout).toContain("First broken hop: no ears names PRD-001:US-002.");
  });

  it("prints nodes and links as JSON", () => {
    const { code, stdout } = world.iplan(["trace", "EARS-001:EVENT-001", "--json"]);
    expect(code).toBe(0);
    expect(data(stdout)).toMatchObject({
      root: "EARS-001:EVENT-001",
      nodes: [
        { id: "EARS-001:EVENT-001", type: "EARS", layer: 3, path: "docs/EARS/EARS-001_formal.md", line: 3 },
        { id: "BRD-001:FR-001", type: "BRD", layer: 1 },
        { id: "PRD-001:US-001", type: "PRD", layer: 2 },
      ],
      links: [
        { from: "EARS-001:EVENT-001", to: "BRD-001:FR-001", tag: "brd", status: "exact", chain: false, line: 5 },
        { from: "EARS-001:EVENT-001", to: "PRD-001:US-001", tag: "prd", status: "exact", chain: true, line: 6 },
        { from: "PRD-001:US-001", to: "BRD-001:FR-001", tag: "brd", status: "exact", chain: true },
      ],
    });
    expect(data(stdout)).not.toHaveProperty("brokenAt");
  });

  it("draws diagrams", () => {
    expect(world.iplan(["trace", "EARS-001:EVENT-002", "--format", "mermaid"]).stdout).toBe(
      [
        "flowchart TD",
        '  n0["EARS-001:EVENT-002"]',
        '  n1["BRD-001:FR-002"]',
        '  n2["PRD-001:US-02"]',
        "  n1 --> n0",
        '  n2 -. "@prd missing" .-> n0',
        "  style n0 stroke-width:3px",
        "",
      ].join("\n"),
    );
    expect(world.iplan(["trace", "PRD-001:US-001", "--format", "dot"]).stdout).toBe(
      [
        "digraph trace {",
        "  node [shape=box];",
        '  n0 [label="PRD-001:US-001", penwidth=3];',
        '  n1 [label="BRD-001:FR-001"];',
        '  n2 [label="EARS-001:EVENT-001"];',
        "  n1 -> n0;",
        "  n0 -> n2;",
        "}",
        "",
      ].join("\n"),
    );
  });

  it.each([
    ["an id that nothing has", ["trace", "PRD-002"], "There is PRD-001."],
    ["an element that nothing defines", ["trace", "PRD-001:US-003"], "Did you mean PRD-001:US-001 or PRD-001:US-002?"],
    ["a path that is not there", ["trace", "docs/none.md"], "Name an id"],
    ["a format that is none", ["trace", "PRD-001", "--format", "poem"], "text, json, mermaid, dot"],
  ])("refuses %s", (_, words, message) => {
    const { code, stderr } = world.iplan(words);
    expect(code).toBe(2);
    expect(stderr).toContain(message);
  });
});

describe("an id that several files hold", () => {
  const copy = "docs/BRD/BRD-001_z.md";
  const world = createCliWorld({ ...files, [copy]: "# BRD-001: Copy\n" });
  const line = "  ! 2 files hold BRD-001; this is docs/BRD/BRD-001_needs.md.\n";

  it.each([
    ["trace", "BRD-001", line],
    ["trace", "BRD-001:FR-001", line],
    ["show", "BRD-001", line],
    ["show", copy, line.replace("docs/BRD/BRD-001_needs.md", copy)],
  ])("is told by %s %s", (command, target, told) => {
    const { code, stdout } = world.iplan([command, target]);
    expect(code).toBe(0);
    expect(stdout.split("\n").slice(2, 3)).toEqual([told.trimEnd()]);
    expect(data(world.iplan([command, target, "--json"]).stdout)).toMatchObject({
      sameId: ["docs/BRD/BRD-001_needs.md", copy],
    });
  });

  it("is not told of an id that one file holds", () => {
    expect(world.iplan(["trace", "PRD-001"]).stdout).not.toContain("files hold");
    expect(data(world.iplan(["show", "PRD-001", "--json"]).stdout)).not.toHaveProperty("sameId");
  });
});

describe("iplan impact", () => {
  const world = createCliWorld(files);
  const git = (...words: readonly string[]): void => {
    execFileSync("git", ["-c", "user.name=x", "-c", "user.email=x@example.org", ...words], {
      cwd: world.root,
      stdio: "ignore",
    });
  };

  it("lists what depends on an element", () => {
    const { code, stdout } = world.iplan(["impact", "BRD-001:FR-001"]);
    expect(code).toBe(0);
    expect(stdout).toBe(
      [
        "Changed: BRD-001:FR-001",
        "",
        "2 documents to review",
        "  PRD-001   docs/PRD/PRD-001_product.md   US-001 through BRD-001:FR-001",
        "  EARS-001  docs/EARS/EARS-001_formal.md  EVENT-001 through BRD-001:FR-001",
        "",
        "0 source files to look at",
        "",
        "0 test files to run",
        "",
      ].join("\n"),
    );
  });

  it("prints it as JSON", () => {
    const { stdout } = world.iplan(["impact", "PRD-001", "--json"]);
    expect(data(stdout)).toEqual({
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
      code: [],
      tests: [],
    });
  });

  it("lists code to look at and tests to run, and these alone for other tools", () => {
    const coded = createCliWorld({
      ...files,
      "src/alert.ts": "/**\n * @ears: EARS-001:EVENT-001\n */\nexport const alert = 1;\n",
      "tests/alert.test.ts": "// @code: src/alert.ts\n",
      "tests/other.test.ts": "// @ears: EARS-001:EVENT-002\n",
    });
    const { code, tests } = data(coded.iplan(["impact", "BRD-001:FR-001", "--json"]).stdout);
    expect(code).toMatchObject([{ path: "src/alert.ts", type: "CODE", via: ["EARS-001:EVENT-001"] }]);
    expect(tests).toMatchObject([{ path: "tests/alert.test.ts", type: "TESTS", via: ["src/alert.ts"] }]);
    expect(coded.iplan(["impact", "BRD-001:FR-001", "--tests"]).stdout).toBe("tests/alert.test.ts\n");
    expect(coded.iplan(["impact", "tests/other.test.ts", "--tests"]).stdout).toBe("tests/other.test.ts\n");
    expect(coded.iplan(["trace", "src/alert.ts"]).stdout).toContain(
      "  EARS-001:EVENT-001  docs/EARS/EARS-001_formal.md:3",
    );
  });

  it("needs git, or what changed", () => {
    expect(world.iplan(["impact"]).code).toBe(2);
    expect(world.iplan(["impact", "BRD-001", "--since", "HEAD"]).code).toBe(2);
    expect(world.iplan(["impact", "BRD-009"]).code).toBe(2);
  });

  it("finds the elements that changed since a revision", () => {
    git("init", "-q");
    git("add", "-A");
    git("commit", "-qm", "one");
    expect(world.iplan(["impact"]).stdout).toBe("Nothing changed that the graph knows.\n");
    world.write("docs/BRD/BRD-001_needs.md", brd.replace("People read.", "People read them."));
    expect(data(world.iplan(["impact", "--json"]).stdout)["changed"]).toEqual(["BRD-001:FR-002"]);
    world.write("docs/BRD/BRD-001_needs.md", brd.replace("Needs", "Wants"));
    expect(data(world.iplan(["impact", "--since", "HEAD", "--json"]).stdout)["changed"]).toEqual(["BRD-001"]);
    world.write("docs/BRD/BRD-002_more.md", brd.replace("BRD-001", "BRD-002"));
    world.rename("docs/BRD/BRD-001_needs.md", "old.md");
    expect(data(world.iplan(["impact", "--json"]).stdout)["changed"]).toEqual(["BRD-002", "BRD-001"]);
  });
});

describe("iplan check of links that go one way only", () => {
  const listing = `${brd}\n## Downstream Artifacts\n\n- PRD-001\n- PRD-009\n`;
  const more = prd.replace("PRD-001", "PRD-002");
  const world = createCliWorld({ ...files, "docs/BRD/BRD-001_needs.md": listing, "docs/PRD/PRD-002_more.md": more });

  it("finds what a list leaves out, and what it invents", () => {
    const { stdout } = world.iplan(["check"]);
    expect(stdout).toContain("The tags of PRD-002 name BRD-001 as its source");
    expect(stdout).toContain("The tags of EARS-001 name BRD-001 as its source");
    expect(stdout).toContain("There is no PRD-009.");
    expect(stdout).not.toContain("PRD-001 does not lead");
  });
});

describe("iplan check of what a plan says of other documents", () => {
  const mapping = "### BDD Scenario Mapping\n\n| BDD Document | Scenario | Verification Method |\n|---|---|---|\n";
  const world = createCliWorld({
    "docs/BDD/BDD-001_alerts.feature": "Feature: Alerts\n\n  Scenario: People are told\n    Given an alert\n",
    "docs/IPLAN/IPLAN-001_alerts_20260102_030405.md": `# IPLAN-001: Alerts\n\n## Context\n\n### Key Technical Decisions\n\n**Queue** (from ADR-004):\n\n- One queue\n\n## Technical Details\n\n${mapping}| BDD-001 | People are told | tests/alerts.test.js:2 |\n| BDD-001 | People are warned | tests/alerts.test.js:9 |\n`,
    "tests/alerts.test.js": "import 'node:test';\n// told\n",
  });

  it("reads the scenarios and the test files", () => {
    const { stdout } = world.iplan(["check"]);
    expect(stdout).toContain('BDD-001 has no scenario "People are warned".');
    expect(stdout).toContain("tests/alerts.test.js has 2 lines, and no line 9.");
    expect(stdout).not.toContain("no line 2.");
    expect(stdout).toContain("There is no ADR-004 from which the decision could come.");
  });
});
