import type { TraceGraph } from "#graph/graph";
import type { ScenarioResult, ScenarioRow, TestStatus } from "#model/figures";
import type { Plan, ScenarioMapping } from "#model/plan";
import { definitionKind } from "#model/trace";
import { parseDocumentId } from "#profile/dialect";
import type { MeasureScene } from "./measure-criteria.ts";
import { createTestResults, type FoundResult, lettersOf, type TestResults } from "./test-results.ts";

/** One scenario as a document defines it. */
export interface PlannedScenario {
  /** `BDD-001`. */
  readonly document: string;
  readonly title: string;
  readonly node: number;
}

/** Every scenario of the documents that a plan names by tag or in its mapping, with how it stands; those of the mapping first. */
export function scenarioRows(plan: Plan, scene: MeasureScene): readonly ScenarioRow[] {
  const results = createTestResults(scene.figures, scene.textOf);
  const known = plannedScenarios(plan, scene.graph);
  const rows = plan.scenarioMapping.map((row) => mappedRow(row, known, scene, results));
  const missing = unmappedScenarios(plan, scene.graph).map((each): ScenarioRow => {
    const found = results.ofScenario(each.title, scene.graph.holdersOf(scene.graph.documentOf(each.node)));
    return { document: each.document, scenario: each.title, mapped: false, ...resultOf(found, scene) };
  });
  return [...rows, ...missing];
}

/** The scenarios of the documents a plan names. */
export function plannedScenarios(plan: Plan, graph: TraceGraph): readonly PlannedScenario[] {
  const documents = new Set<string>();
  for (const tag of plan.tags) {
    if (tag.live && tag.document !== undefined) documents.add(tag.document);
  }
  for (const row of plan.scenarioMapping) for (const id of idsOf(row, graph)) documents.add(id);
  return [...documents].flatMap((document) => {
    const node = graph.find(document);
    return node === undefined ? [] : scenariosOf(document, node, graph);
  });
}

function scenariosOf(document: string, node: number, graph: TraceGraph): readonly PlannedScenario[] {
  const found = new Map<number, PlannedScenario>();
  for (const path of graph.holdersOf(node)) {
    for (const element of graph.elementsOf(path)) {
      const view = graph.view(element);
      if (view?.kind === definitionKind.scenario)
        found.set(element, { document, title: view.title ?? "", node: element });
    }
  }
  return [...found.values()];
}

/** Scenarios of a plan's documents that its mapping has no row for; none where the plan has no mapping. */
export function unmappedScenarios(plan: Plan, graph: TraceGraph): readonly PlannedScenario[] {
  if (plan.scenarioMapping.length === 0) return [];
  const mapped = new Set(
    plan.scenarioMapping.flatMap((row) =>
      idsOf(row, graph).flatMap((id) => titlesOf(row).map((title) => `${id} ${title}`)),
    ),
  );
  const nodes = new Set(
    plan.scenarioMapping.flatMap((row) =>
      idsOf(row, graph).flatMap((id) => graph.find(`${id}:${row.scenario.text.replace(/`/gu, "").trim()}`) ?? []),
    ),
  );
  return plannedScenarios(plan, graph).filter(
    ({ document, title, node }) => !nodes.has(node) && !mapped.has(`${document} ${lettersOf(title)}`),
  );
}

/** A cell may hold several titles. */
function titlesOf({ scenario }: ScenarioMapping): readonly string[] {
  const text = scenario.text.replace(/`/gu, "");
  return [text, ...text.split(/[,;]/u)].map(lettersOf);
}

function idsOf({ document }: ScenarioMapping, { profile }: TraceGraph): readonly string[] {
  return document.text
    .split(/[^\w.:-]+/u)
    .flatMap((word) => parseDocumentId(profile, word.replace(/[.:-]+$/u, ""))?.id ?? []);
}

function mappedRow(
  row: ScenarioMapping,
  known: readonly PlannedScenario[],
  scene: MeasureScene,
  results: TestResults,
): ScenarioRow {
  const [document = row.document.text] = idsOf(row, scene.graph);
  const titles = titlesOf(row);
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
