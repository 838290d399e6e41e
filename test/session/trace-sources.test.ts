import { describe, expect, test } from "vitest";
import { createSessionWorld } from "../support/session-world.ts";

const requirement = "# REQ-003: Orders\n\n- **AC-001**: Orders are checked\n";
const files = {
  "docs/REQ/REQ-003_orders.md": requirement,
  "src/gate.ts": '/**\n * @req: REQ-003:AC-001\n */\nexport const a = "@req: REQ-999";\n',
  "src/gate.test.ts": "// @req: REQ-003\n// @code: src/gate.ts\n",
  "tests/test_gate.py": '"""Tests.\n\n@req: REQ-003:AC-001\n"""\n',
  "src/made/big.ts": "// @req: REQ-003\n",
  "src/skipped/old.ts": "// @req: REQ-003\n",
  ".gitignore": "made/\n",
  "src/.gitignore": "skipped/\n",
  "tools/other.ts": "// @req: REQ-003\n",
  "src/notes.txt": "# @req: REQ-003\n",
  "src/node_modules/x/a.ts": "// @req: REQ-003\n",
};

/** What follows from the requirement, as `impact` tells it. */
async function impactOf(world: ReturnType<typeof createSessionWorld>): Promise<string> {
  return (await world.call(["impact", "REQ-003"])).stdout;
}

describe("source files of a workspace", () => {
  test("say in their comments what they follow from", async () => {
    const page = await impactOf(createSessionWorld(files));
    expect(page).toContain("src/gate.ts");
    expect(page).toContain("src/gate.test.ts");
    expect(page).toContain("tests/test_gate.py");
  });

  test("are passed over when ignored, in folders of tools, elsewhere, or of no known language", async () => {
    const page = await impactOf(createSessionWorld(files));
    for (const path of ["big.ts", "old.ts", "other.ts", "notes.txt", "node_modules"]) expect(page).not.toContain(path);
  });

  test("are those the configuration names", async () => {
    const world = createSessionWorld({ ...files, "iplan.config.yaml": "docs: docs\nsources: ['tools/*.ts']\n" });
    const page = await impactOf(world);
    expect(page).toContain("tools/other.ts");
    expect(page).not.toContain("src/gate.ts");
  });

  test("that are no text or too large are not read", async () => {
    const world = createSessionWorld({
      ...files,
      "src/bytes.ts": "// @req: REQ-003\n\0",
      "src/long.ts": `// @req: REQ-003\n${"x".repeat(4 * 1024 * 1024)}`,
    });
    const page = await impactOf(world);
    expect(page).toContain("src/gate.ts");
    expect(page).not.toContain("bytes.ts");
    expect(page).not.toContain("long.ts");
  });
});

describe("check", () => {
  test("finds feature files and YAML that do not parse, and counts the tags of all layers", async () => {
    const world = createSessionWorld({
      "docs/REQ/REQ-003_orders.md": `${requirement}\n@sys: SYS-001\n`,
      "docs/BDD/BDD-001_orders.feature": "@brd:BRD-001\nFeature: a\n  Scenario: b\n    Given c\n    and d\n",
      "docs/SPEC/SPEC-001_orders.yaml": "cumulative_tags:\n  req: REQ-003\n  brd: [BRD-001\n",
      "docs/SPEC/SPEC-002_orders.yaml": "a: {b: &x 1, c: *x}\n",
    });
    const { stdout } = await world.call(["check", "--json"]);
    const { data, findings } = JSON.parse(stdout) as {
      data: { summary: { tags: number } };
      findings: { rule: string; path: string; range: { start: { line: number } } }[];
    };
    const syntax = findings.filter(({ rule }) => rule.endsWith("-syntax"));
    expect(syntax.map(({ rule, path, range }) => [rule, path, range.start.line])).toEqual([
      ["document/gherkin-syntax", "docs/BDD/BDD-001_orders.feature", 5],
      ["document/yaml-syntax", "docs/SPEC/SPEC-001_orders.yaml", expect.any(Number)],
    ]);
    expect(data.summary.tags).toBe(4);
  });
});
