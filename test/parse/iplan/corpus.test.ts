import { readFileSync, readdirSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { Plan } from "#model/plan";
import { createSource } from "#model/source";
import { parsePlan } from "#parse/iplan/plan";
import { aidoc16 } from "#profile/aidoc-16";
import { aidocDotted } from "#profile/aidoc-dotted";
import { hasShared, sharedPath } from "../../support/shared.ts";

function read(path: string, profile = aidoc16): Plan {
  return parsePlan(createSource(path, readFileSync(sharedPath(path))), profile);
}

function documents(): string[] {
  const files = readdirSync(sharedPath("corpus"), { recursive: true, encoding: "utf8" });
  return ["seed/IPLAN-TEMPLATE.md", ...files.filter((file) => file.endsWith(".md")).map((file) => `corpus/${file}`)];
}

/** How much of each part a plan has. */
function counts(plan: Plan): Record<string, unknown> {
  const tasks = plan.phases.map((phase) => phase.tasks.length);
  return {
    phases: plan.phases.map((phase) => phase.number).join(" "),
    tasks: tasks.join(" "),
    steps: plan.steps.map((step) => `${step.number}:${step.blocks.length}/${step.outcomes.length}`).join(" "),
    checklists: plan.checklists.map((list) => list.items.length).join(" "),
    prerequisites: plan.prerequisites.length,
    blocks: plan.blocks.length,
  };
}

describe.skipIf(!hasShared)("real documents", () => {
  test("the template has every part", () => {
    const plan = read("seed/IPLAN-TEMPLATE.md");
    expect(counts(plan)).toEqual({
      phases: "0 1 2 3 4",
      tasks: "5 3 2 3 3",
      steps: "1:2/3 2:2/1 3:1/1 4:1/0 5:1/0 6:1/0",
      checklists: "4 4 4 5 8",
      prerequisites: 12,
      blocks: 14,
    });
    const tags = plan.tags.map(({ live, where }) => `${where} ${live ? "live" : "example"}`);
    expect(
      ["list live", "fence live", "fence example"].map((kind) => tags.filter((tag) => tag === kind).length),
    ).toEqual([11, 11, 22]);
    expect({
      id: plan.id,
      template: plan.template,
      score: plan.control?.readyScore?.value,
      status: plan.control?.status?.value,
      firstPhase: plan.phases[0]?.status?.value,
      state: plan.currentState.length,
      previous: plan.previousWork.length,
      decisions: plan.decisions.map(({ sources }) => sources.length),
      deliverables: plan.deliverables.length,
      tree: plan.fileTree.length,
      modules: plan.modules.length,
      configuration: plan.configuration.length,
      mapping: plan.scenarioMapping.length,
      links: [plan.upstream.length, plan.related.length, plan.references.length],
      downstream: plan.downstream.length,
      risks: plan.risks.map(({ mitigation }) => mitigation.length),
      criteria: plan.criteria.length,
      marks: plan.criteria.filter(({ mark }) => mark?.value === "choice").length,
      glossary: plan.glossary.length,
      commands: plan.commandReference.length,
      troubleshooting: plan.troubleshooting.length,
      next: plan.nextActions.length,
    }).toEqual({
      id: "IPLAN-NNN",
      template: true,
      score: 95,
      status: undefined,
      firstPhase: "choice",
      state: 2,
      previous: 3,
      decisions: [1, 1, 1, 1, 1, 1],
      deliverables: 4,
      tree: 16,
      modules: 2,
      configuration: 2,
      mapping: 2,
      links: [13, 3, 9],
      downstream: 7,
      risks: [3, 3, 3, 3],
      criteria: 26,
      marks: 6,
      glossary: 2,
      commands: 1,
      troubleshooting: 2,
      next: 2,
    });
  });

  test.each([
    [
      "corpus/plan-dotted/IPLAN-01_example.md",
      {
        phases: "1 2 3",
        tasks: "2 3 2",
        steps: "1:2/1 2:2/0 3:0/0 4:1/0 5:1/0 6:1/0",
        checklists: "2 2 2",
        prerequisites: 3,
        blocks: 9,
      },
    ],
    [
      "corpus/work-plans/align-brd-rules-revised_20251125_200111.md",
      {
        phases: "0 1 2 3",
        tasks: "2 6 7 3",
        steps: "1:1/1 2:1/0 3:0/0 4:2/6",
        checklists: "3 8 8 7",
        prerequisites: 9,
        blocks: 4,
      },
    ],
    [
      "corpus/work-plans/implementation-contracts-framework_20251125_100224.md",
      {
        phases: "1 2 3 4 5",
        tasks: "2 1 2 4 3",
        steps: "1:1/0 2:0/0 3:3/0 4:1/0 5:1/0 6:3/0 7:1/1",
        checklists: "3 3 4 4 3 3 3",
        prerequisites: 16,
        blocks: 14,
      },
    ],
    [
      "corpus/work-plans/framework-v2-production-release_20251124_132712.md",
      {
        phases: "1 2 3 4 5 6 7",
        tasks: "13 2 2 3 4 3 4",
        steps: "1:1/4 2:1/2 3:2/4 4:2/3 5:2/6 6:4/2",
        checklists: "3 4 8",
        prerequisites: 4,
        blocks: 12,
      },
    ],
  ])("%s is read as it was counted by hand", (path, expected) => {
    expect(counts(read(path, path.includes("dotted") ? aidocDotted : aidoc16))).toEqual(expected);
  });

  test("are all read, quickly", () => {
    const paths = documents();
    expect(paths.length).toBeGreaterThan(100);
    let bytes = 0;
    for (const path of paths) {
      const source = createSource(path, readFileSync(sharedPath(path)));
      bytes += source.bytes.length;
      expect(parsePlan(source, aidoc16).path).toBe(path);
    }
  });
});
