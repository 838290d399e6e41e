import * as fc from "fast-check";
import type { FileUnderTest } from "./traced.ts";

/** Where documents of a chain stand. */
export const paths = [
  "docs/BRD/BRD-001_a.md",
  "docs/PRD/PRD-001_a.md",
  "docs/PRD/PRD-001_b.md",
  "docs/EARS/EARS-001_a.md",
  "docs/BDD/BDD-001_a.feature",
  "docs/REQ/REQ-001_a.md",
  "docs/CTR/CTR-001_a.md",
  "docs/CTR/CTR-001_a.yaml",
  "docs/SPEC/SPEC-001_a.yaml",
  "docs/PRD/PRD-002_part1_a.md",
  "docs/PRD/PRD-002_part2_a.md",
  "src/a.py",
  "tests/test_a.py",
  "docs/REQ/REQ-000_index.md",
] as const;

const value = fc.constantFrom(
  "brd: BRD-001:FR-001",
  "brd: BRD-001:FR-002",
  "brd: BRD-001",
  "brd: null",
  "prd: PRD-001:US-001",
  "prd: PRD-002",
  "prd: PRD-009:US-001, US-002",
  "ears: EARS-001:EVENT-001",
  "bdd: BDD-001:scenario-one",
  "req: REQ-001",
  "ctr: CTR-001:ERR-001",
  "spec: SPEC-001:one",
  "icon: TASKS-001:Name",
  "icon-role: provider",
  "code: src/a.py",
  "PRD: prd-001",
);
const prose = fc.constantFrom(
  "# BRD-001: One",
  "# PRD-002: Two",
  "### FR-001: One",
  "### US-001: Two",
  "### EVENT-001: Three",
  "- **AC-001**: four",
  "| ERR-001 | five |",
  "| ID | Title |",
  "|---|---|",
  "## Downstream Artifacts",
  "## Upstream Sources",
  "- [PRD-001](../PRD/PRD-001_a.md)",
  "- EARS-001",
  "| [EARS-001](../EARS/EARS-001_a.md) | six |",
  "## Traceability Tags",
  "```",
  "Words and [a link](../x.md#y).",
  "**Last Updated**: 2026-01-02",
  "---",
  "",
  "",
);
const line = fc.oneof(
  { weight: 3, arbitrary: prose },
  { weight: 2, arbitrary: value.map((one) => `@${one}`) },
  { weight: 1, arbitrary: value.map((one) => `- \`@${one}\``) },
  { weight: 1, arbitrary: value.map((one) => `| \`@${one}\` | why |`) },
);
const yamlLine = fc.oneof(
  fc.constantFrom(
    "id: SPEC-001",
    "one:",
    "  two: 3",
    "errors:",
    "  - id: ERR-001",
    "cumulative_tags:",
    "  : [",
    "name: x",
  ),
  value.map((one) => `  ${one.replace(": ", ': "')}"`),
  value.map((one) => `  ${one.replace(": ", ':\n    - "')}"`),
);
const featureLine = fc.oneof(
  fc.constantFrom(
    "Feature: BDD-001 One",
    "  Scenario: One",
    "    Given two",
    "  Scenario Outline: Three",
    "@scenario-one",
  ),
  value.map((one) => `@${one.replace(": ", ":")}`),
);
const codeLine = value.map((one) => `# @${one}`);

/** Lines that a file of that name may have. */
export const lineOf = (path: string): fc.Arbitrary<string> => {
  if (path.endsWith(".yaml")) return yamlLine;
  if (path.endsWith(".feature")) return featureLine;
  return path.endsWith(".py") ? codeLine : line;
};
/** One file of a chain. */
export const chainFile: fc.Arbitrary<FileUnderTest> = fc
  .constantFrom(...paths)
  .chain((path) =>
    fc
      .tuple(fc.array(lineOf(path), { maxLength: 10 }), fc.constantFrom("\n", "\r\n"), fc.boolean())
      .map(([lines, end, isClosed]) => ({ path, text: lines.join(end) + (isClosed ? end : "") })),
  );
/** Files of a chain, with defects of all kinds. */
export const chainFiles: fc.Arbitrary<readonly FileUnderTest[]> = fc.uniqueArray(chainFile, {
  maxLength: 6,
  selector: ({ path }) => path,
});
