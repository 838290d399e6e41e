import { type Edit, editSource } from "#model/edit";
import type { Finding } from "#model/finding";
import { createGraph } from "#graph/graph";
import { createSource, createSourceFromText } from "#model/source";
import { createTraceReader } from "#parse/trace";
import { aidoc16 } from "#profile/aidoc-16";
import { allRules } from "#rules/registry";
import type { RuleContext } from "#rules/rule";
import { runRules } from "#rules/run-rules";
import { combinedEdits } from "#session/fixes";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { misplaced } from "../support/covers.ts";
import { propertyRuns } from "../support/property-runs.ts";
import { hash } from "./synthetic.ts";
import { contextsOn, type FileUnderTest, traceOf, tracedContexts } from "./traced.ts";

const paths = [
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

const lineOf = (path: string): fc.Arbitrary<string> => {
  if (path.endsWith(".yaml")) return yamlLine;
  if (path.endsWith(".feature")) return featureLine;
  return path.endsWith(".py") ? codeLine : line;
};
const file = fc
  .constantFrom(...paths)
  .chain((path) =>
    fc
      .tuple(fc.array(lineOf(path), { maxLength: 10 }), fc.constantFrom("\n", "\r\n"), fc.boolean())
      .map(([lines, end, isClosed]) => ({ path, text: lines.join(end) + (isClosed ? end : "") })),
  );
const files = fc.uniqueArray(file, { maxLength: 6, selector: ({ path }) => path });

function check(contexts: readonly RuleContext[]): readonly Finding[] {
  const rules = allRules.filter(({ needs }) => !needs.includes("registry") && !needs.includes("config"));
  return runRules(contexts, { hash, today: "2026-06-01", rules }).findings;
}

/** Every finding says something, lies in its file, covers what it names, and none of the rules broke off. */
function expectSound(findings: readonly Finding[], all: readonly FileUnderTest[]): void {
  for (const { message } of findings) expect(message).not.toContain("broke off");
  const texts = new Map(all.map(({ path, text }) => [path, text]));
  expect(misplaced(findings, (path) => texts.get(path))).toEqual([]);
}

function healed(all: readonly FileUnderTest[]): readonly FileUnderTest[] {
  const edits = new Map<string, Edit[]>();
  for (const { path, edits: found } of check(tracedContexts(all)).flatMap((one) => one.fix?.documents ?? [])) {
    edits.set(path, [...(edits.get(path) ?? []), ...found]);
  }
  return all.map(({ path, text }) => ({
    path,
    text: editSource(createSourceFromText(path, text), combinedEdits(edits.get(path) ?? [])).text,
  }));
}

describe("a chain of documents", () => {
  test("of any bytes is checked, and every finding lies in its file and covers what it names", () => {
    const bytes = fc.tuple(fc.constantFrom(...paths), fc.uint8Array({ maxLength: 120 }));
    fc.assert(
      fc.property(files, bytes, fc.nat(), (some, [path, odd], cut) => {
        const other = some.find((one) => one.path === path)?.text ?? "";
        const at = cut % (other.length + 1);
        const text = other.slice(0, at) + createSource(path, odd).text + other.slice(at);
        const all = [...some.filter((one) => one.path !== path), { path, text }];
        expectSound(check(tracedContexts(all)), all);
      }),
      { numRuns: propertyRuns(40) },
    );
  });

  test("has the same findings in any order of files", () => {
    fc.assert(
      fc.property(files, fc.array(fc.nat(), { minLength: 6, maxLength: 6 }), (some, dice) => {
        const shuffled = some.map((one, index) => ({ one, at: dice[index] ?? 0 })).sort((a, b) => a.at - b.at);
        const again = check(tracedContexts(shuffled.map(({ one }) => one)));
        expect(again).toEqual(check(tracedContexts(some)));
      }),
      { numRuns: propertyRuns(40) },
    );
  });

  test("that was edited has the findings of one that is read afresh", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(file, fc.boolean()), { maxLength: 12 }), (edits) => {
        const reader = createTraceReader(aidoc16);
        const graph = createGraph(aidoc16);
        const left = new Map<string, FileUnderTest>();
        for (const [one, isAsked] of edits) {
          if (left.has(one.path) && one.text === "") {
            graph.remove(one.path);
            left.delete(one.path);
          } else {
            graph.set(traceOf(reader, aidoc16, one));
            left.set(one.path, one);
          }
          if (isAsked) check(contextsOn(graph, [...left.values()]));
        }
        expect(check(contextsOn(graph, [...left.values()]))).toEqual(check(tracedContexts([...left.values()])));
      }),
      { numRuns: propertyRuns(30) },
    );
  });

  test("that was healed has nothing left to heal, and what was healed twice is what was healed once", () => {
    fc.assert(
      fc.property(files, (some) => {
        let now: readonly FileUnderTest[] = some;
        for (let round = 0; round < 5; round++) now = healed(now);
        expect(healed(now)).toEqual(now);
      }),
      { numRuns: propertyRuns(15) },
    );
  });
});
