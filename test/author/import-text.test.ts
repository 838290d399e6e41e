import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fillPlan } from "#author/import/fill-plan";
import type { ImportedPlan, ImportFormat } from "#author/import/imported-plan";
import { plainLine } from "#author/import/plain-text";
import { planTexts } from "#author/import/plan-texts";
import { readImport } from "#author/import/read-import";
import { numberTasks } from "#author/import/task-numbers";
import { createSourceFromText } from "#model/source";
import { parsePlan } from "#parse/iplan/plan";
import { aidoc16 } from "#profile/aidoc-16";

const paths: Readonly<Record<ImportFormat, string>> = {
  "spec-kit": "specs/001-gate/tasks.md",
  openspec: "openspec/changes/add-gate/tasks.md",
  kiro: ".kiro/specs/gate/tasks.md",
  "cc-sdd": ".kiro/specs/gate/tasks.md",
  backlog: "backlog/tasks/task-1 - Gate.md",
};
const read = (format: ImportFormat, text: string): ImportedPlan => readImport(format, [{ path: paths[format], text }]);

describe("what is left is told", () => {
  test.each([
    [
      "a dependency that is not there",
      "spec-kit",
      "## Phase 1: A\n- [ ] T001 One (depends on T009)\n",
      "depends on T009, which is not there",
    ],
    [
      "a mark of parallel work without a task before it",
      "spec-kit",
      "## Phase 1: A\n- [ ] T001 [P] One\n- [ ] T002 [P] Two\n",
      "may be done in parallel; nothing comes before it that its step could name, so it keeps its place",
    ],
    [
      "a phase that is parallel work",
      "kiro",
      "- [ ] 1. A (P)\n- [ ] 1.1 One\n",
      "is marked as parallel work; here phases come one after another",
    ],
    ["a mark that is neither open nor ticked", "kiro", "- [-] 1. One\n", "had the mark [-] there; here it is open"],
    [
      "a section of another use",
      "spec-kit",
      "- [ ] T001 One\n\n## Notes\n\nBe kind.\n",
      "has no place in a plan; it stays in this file",
    ],
  ] as const)("%s", (_name, format, text, why) => {
    const plan = read(format, text);
    expect([...plan.remarks, ...numberTasks(plan).remarks].map((remark) => remark.why)).toEqual([why]);
  });

  const line = fc.constantFrom(
    "# T",
    "## Phase 1: A",
    "### B",
    "- [ ] T001 One",
    "- [x] T002 [P] Two",
    "- [ ] 1. A",
    "  - [ ] 1.1 B",
    "  - more",
    "prose",
    "**Goal**: g",
    "| a | b |",
    "```",
    "> quote",
    "",
    "---",
    "1. n",
    "_Requirements: 1_",
    "<!-- X:BEGIN -->",
  );

  test("every line of any text is taken or told", () => {
    fc.assert(
      fc.property(
        fc.array(line, { maxLength: 12 }),
        fc.constantFrom<ImportFormat>("spec-kit", "openspec", "kiro", "backlog"),
        (lines, format) => {
          const plan = read(format, lines.join("\n"));
          const said = JSON.stringify({ ...plan, remarks: [], sources: [] });
          for (const [index, text] of lines.entries()) {
            const words = text
              .replace(/^\*\*Goal\*\*:|^[#\s>*-]+|\[.\]\s|\[P\]|^\d\.\s|T\d+|\d\.(?:\d|\s)|Phase 1:|_/gu, "")
              .trim();
            const isTold = plan.remarks.some(({ first, last }) => first <= index + 1 && index + 1 <= last);
            const isStructure =
              words === "" || /^(?:---|```)$/.test(text) || text.startsWith("<!--") || text.startsWith("#");
            expect(
              isTold || isStructure || said.includes(words),
              `${format}: line ${index + 1} of ${JSON.stringify(lines)}`,
            ).toBe(true);
          }
        },
      ),
      { numRuns: 1500 },
    );
  });
});

/** A workspace of which nothing is known. */
const place = { linkTo: (path: string) => path, isThere: () => false, prove: () => [] };

describe("foreign text stays text", () => {
  test.each([
    ["# Heading", "\\# Heading"],
    ["```bash", "\\```bash"],
    ["- [ ] box", "\\- [ ] box"],
    ["[x] box", "\\[x] box"],
    ["1. item", "\\1. item"],
    ["a <!-- iplan: unsafe --> b", "a &lt;!-- iplan: unsafe --> b"],
    ["a\nb\u0000c", "a b c"],
    ["**Step 1: x**", "Step 1: x"],
    ["@brd: BRD-001", "\\@brd: BRD-001"],
    ["plain `code` and (words)", "plain `code` and (words)"],
    ["**bold** and `src/**/*.ts`", "bold and `src/**/*.ts`"],
  ])("%j is written %j", (text, line) => expect(plainLine(text)).toBe(line));

  const nasty = fc
    .array(
      fc.constantFrom(
        "```bash",
        "rm -rf x",
        "<!-- iplan: keep -->",
        "## H",
        "- [x] TASK-9.9: y",
        "**Step 7: z**",
        "Verification:",
        "word",
        "`",
        "[",
        "**",
        "> ",
        "| a |",
        "~~~",
      ),
      { minLength: 1, maxLength: 5 },
    )
    .map((parts) => parts.join(" "));

  test("no block, task or annotation comes of it but those of the plan", () => {
    const template =
      "# IPLAN-001: X\n\n## Objective\n\n## Context\n\n### Current State Analysis\n\n### Key Technical Decisions\n\n## Task List\n\n## Implementation Guide\n\n### Execution Steps\n\n### Verification Checklist\n\n## Risk Mitigation\n\n## Success Criteria\n";
    fc.assert(
      fc.property(fc.array(nasty, { minLength: 1, maxLength: 4 }), (names) => {
        const plan: ImportedPlan = {
          ...read("kiro", names.map((_, index) => `- [ ] ${index + 1}. One\n`).join("")),
          objective: names,
          deliverables: names,
          criteria: [{ title: names[0] ?? "", items: names, path: "a" }],
        };
        const phases = plan.phases.map((phase) => ({
          ...phase,
          intro: names,
          checks: names,
          tasks: phase.tasks.map((task, index) => ({ ...task, name: names[index] ?? "", details: names })),
        }));
        const whole = { ...plan, phases };
        const text = fillPlan(template, aidoc16, planTexts(whole, numberTasks(whole), place));
        const parsed = parsePlan(createSourceFromText("docs/IPLAN/IPLAN-001_x_20261120_101500.md", text), aidoc16);
        const tasks = phases.reduce((sum, phase) => sum + phase.tasks.length, 0);
        expect(parsed.blocks.map((block) => block.text.trim())).toEqual(
          Array.from({ length: tasks }, (_, index) => `[command that fails until TASK-1.${index + 1} is done]`),
        );
        expect(parsed.steps).toHaveLength(tasks);
        expect(parsed.phases.map((phase) => phase.tasks.length)).toEqual([tasks]);
        expect(parsed.annotations).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });
});
