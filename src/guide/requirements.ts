import type { TraceGraph } from "#graph/graph";
import type { TestStatus } from "#model/figures";
import type { Plan } from "#model/plan";
import { definitionKind } from "#model/trace";
import { type TestResults, worstStatus } from "./test-results.ts";

/** One requirement of a plan, and what shows it. */
export interface RequirementStanding {
  readonly id: string;
  /** Absent when no test and no scenario names it, or none of them is in a report. */
  readonly status?: TestStatus;
  /** A report that told it. */
  readonly sources: readonly string[];
  /** Tests and scenarios that name it. */
  readonly named: readonly string[];
}

/** The requirements a plan says it satisfies, each with the worst result of the scenarios and tests that are tied to it by tags. */
export function requirementsOf(
  plan: Plan,
  graph: TraceGraph,
  results: TestResults,
  requirementType: string,
): readonly RequirementStanding[] {
  const ids = new Set<string>();
  for (const tag of plan.tags) {
    if (!tag.live || tag.type !== requirementType || tag.document === undefined) continue;
    ids.add(tag.element === undefined ? tag.document : `${tag.document}:${tag.element}`);
  }
  return [...ids].map((id) => standingOf(id, graph, results));
}

function standingOf(id: string, graph: TraceGraph, results: TestResults): RequirementStanding {
  const node = graph.find(id);
  if (node === undefined) return { id, sources: [], named: [] };
  const found = [...scenariosOf(node, graph, results), ...testsOf(node, graph, results)];
  const told = found.flatMap((each) => each.status ?? []);
  const status = worstStatus(told);
  return {
    id,
    ...(status === undefined ? {} : { status }),
    sources: [...new Set(found.flatMap((each) => each.source ?? []))],
    named: [...new Set(found.map((each) => each.name))],
  };
}

interface Tied {
  readonly name: string;
  readonly status?: TestStatus;
  readonly source?: string;
}

/** Scenarios that the requirement names, or that name it. */
function scenariosOf(node: number, graph: TraceGraph, results: TestResults): readonly Tied[] {
  const ids = new Set([...graph.linksFrom(node).map(({ to }) => to), ...graph.linksTo(node).map(({ from }) => from)]);
  return [...ids].flatMap((id) => {
    const scenario = graph.find(id);
    const view = scenario === undefined ? undefined : graph.view(scenario);
    if (scenario === undefined || view?.kind !== definitionKind.scenario) return [];
    const result = results.ofScenario(view.title ?? "", graph.holdersOf(graph.documentOf(scenario)));
    return [{ name: id, ...result }];
  });
}

/** Files of tests that name the requirement, by the results of the tests in them. */
function testsOf(node: number, graph: TraceGraph, results: TestResults): readonly Tied[] {
  const paths = new Set(graph.linksTo(node).map(({ path }) => path));
  return [...paths].flatMap((path) => {
    const result = results.ofFile(path);
    return result === undefined ? [] : [{ name: path, ...result }];
  });
}

/** Requirements coverage as done over all. */
export function requirementsCounts(standings: readonly RequirementStanding[]): {
  readonly done: number;
  readonly total: number;
} {
  return { done: standings.filter(({ status }) => status === "passed").length, total: standings.length };
}
