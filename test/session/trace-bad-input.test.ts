import { mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { createCliWorld } from "../support/cli.ts";

const bomb = Array.from({ length: 12 }, (_, level) =>
  level === 0 ? "a0: &a0 [x, y]" : `a${level}: &a${level} [${`*a${level - 1}, `.repeat(9)}*a${level - 1}]`,
).join("\n");

test("documents and sources that mean harm are told or passed over, and the rest is read", () => {
  const world = createCliWorld({
    "docs/REQ/REQ-003_orders.md": `# REQ-003: Orders\n\n- **AC-001**: They are checked\n\n${"@brd: BRD-001:FR-1 ".repeat(10_000)}\n`,
    "docs/SPEC/SPEC-001_bomb.yaml": bomb,
    "docs/SPEC/SPEC-002_deep.yaml": `a: ${"[".repeat(20_000)}`,
    "docs/SPEC/SPEC-003_two.yaml": "a: 1\n---\nb: 2\n...\n",
    "docs/BDD/BDD-001_orders.feature": "| no |\nFeature: a\n",
    "src/gate.ts": "// @req: REQ-003:AC-001\n",
    "src/bytes.ts": new Uint8Array([0x2f, 0x2f, 0x20, 0, 0xff, 0xfe]),
  });
  mkdirSync(join(world.root, "src/inner"));
  symlinkSync(join(world.root, "src"), join(world.root, "src/inner/loop"));
  symlinkSync(join(world.root, "docs"), join(world.root, "docs/loop"));
  symlinkSync(world.outside, join(world.root, "src/outside"));
  const { code, stdout } = world.iplan(["check", "--json"]);
  expect(code).toBe(1);
  const { findings, data } = JSON.parse(stdout) as {
    findings: { rule: string; path: string }[];
    data: { summary: { documents: number; tags: number } };
  };
  expect(findings.filter(({ rule }) => rule.endsWith("-syntax")).map(({ rule, path }) => [rule, path])).toEqual([
    ["document/gherkin-syntax", "docs/BDD/BDD-001_orders.feature"],
    ["document/yaml-syntax", "docs/SPEC/SPEC-001_bomb.yaml"],
    ["document/yaml-syntax", "docs/SPEC/SPEC-002_deep.yaml"],
  ]);
  expect(data.summary).toMatchObject({ documents: 5, tags: 10_000 });
  const touched = world.iplan(["impact", "REQ-003:AC-001", "--json"]);
  expect(touched.code).toBe(0);
  expect(touched.stdout).toContain("src/gate.ts");
  expect(touched.stdout).not.toContain("loop");
});
