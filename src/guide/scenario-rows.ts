import {
  lettersOf,
  mappedIds,
  mappedTitles,
  type PlannedScenario,
  plannedScenarios,
  scenariosOf,
  unmappedScenarios,
} from "#graph/planned-scenarios";
import type { ScenarioResult, ScenarioRow, TestStatus } from "#model/figures";
import type { Plan, ScenarioMapping } from "#model/plan";
import type { MeasureScene } from "./measure-criteria.ts";
import { createTestResults, type FoundResult, type TestResults } from "./test-results.ts";

/** Every scenario of the documents that a plan names by tag or in its mapping, with how it stands; those of the mapping first. */
export function scenarioRows(plan: Plan, scene: MeasureScene): readonly ScenarioRow[] {
  const results = createTestResults(scene.figures, scene.textOf);
  const known = knownScenarios(plan, scene);
  const rows = plan.scenarioMapping.map((row) => mappedRow(row, known, scene, results));
  const missing = unmappedScenarios(plan, scene.graph).map((each): ScenarioRow => {
    const found = results.ofScenario(each.title, scene.graph.holdersOf(scene.graph.documentOf(each.node)));
    return { document: each.document, scenario: each.title, mapped: false, ...resultOf(found, scene) };
  });
  return [...rows, ...missing];
}

/** Scenarios that are named by tag, and those of the documents in the mapping. */
function knownScenarios(plan: Plan, { graph }: MeasureScene): readonly PlannedScenario[] {
  const ids = new Set(plan.scenarioMapping.flatMap((row) => mappedIds(row, graph)));
  const mapped = [...ids].flatMap((id) => {
    const node = graph.find(id);
    return node === undefined ? [] : scenariosOf(id, node, graph);
  });
  return [...mapped, ...plannedScenarios(plan, graph)];
}

function mappedRow(
  row: ScenarioMapping,
  known: readonly PlannedScenario[],
  scene: MeasureScene,
  results: TestResults,
): ScenarioRow {
  const [document = row.document.text] = mappedIds(row, scene.graph);
  const titles = mappedTitles(row);
  const scenario = known.find((each) => each.document === document && titles.includes(lettersOf(each.title)));
  const paths = scenario === undefined ? [] : scene.graph.holdersOf(scene.graph.documentOf(scenario.node));
  const byTitle = results.ofScenario(scenario?.title ?? row.scenario.text, paths);
  const { test } = row;
  const byTest =
    test === undefined
      ? undefined
      : test.line === undefined
        ? results.ofFile(test.path)
        : results.ofLine(test.path, test.line);
  return {
    document,
    scenario: scenario?.title ?? row.scenario.text,
    ...(row.implementation === undefined ? {} : { implementation: row.implementation.text }),
    ...(test === undefined ? {} : { test: test.line === undefined ? test.path : `${test.path}:${test.line}` }),
    mapped: true,
    line: row.range.start.line,
    ...resultOf(worse(byTitle, byTest), scene),
  };
}

const order: readonly TestStatus[] = ["failed", "undefined", "skipped", "passed"];

function worse(one: FoundResult | undefined, other: FoundResult | undefined): FoundResult | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  return order.indexOf(one.status) <= order.indexOf(other.status) ? one : other;
}

function resultOf(
  found: FoundResult | undefined,
  { figures }: MeasureScene,
): Pick<ScenarioRow, "result" | "reason" | "source"> {
  if (found !== undefined) {
    const result: ScenarioResult = found.status;
    return { result, reason: found.message ?? "", source: found.source };
  }
  const stale = figures.reports.find(({ newer, counts }) => newer !== undefined && counts !== undefined);
  const reason =
    figures.reports.length === 0
      ? "no report was found"
      : stale === undefined
        ? "no report has it"
        : `no report has it that is newer than the code: ${stale.path} is older than ${stale.newer}`;
  return { result: "not run", reason };
}
