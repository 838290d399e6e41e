import type { Plan, ScenarioMapping } from "#model/plan";
import { definitionKind } from "#model/trace";
import { parseDocumentId } from "#profile/dialect";
import type { TraceGraph } from "./graph.ts";

/** One scenario as a document defines it. */
export interface PlannedScenario {
  /** `BDD-001`. */
  readonly document: string;
  readonly title: string;
  readonly node: number;
}

/** The scenarios a plan names by tag: single ones, or all of a document that it names as a whole. */
export function plannedScenarios(plan: Plan, graph: TraceGraph): readonly PlannedScenario[] {
  const found = new Map<number, PlannedScenario>();
  for (const { live, document, element } of plan.tags) {
    const node =
      live && document !== undefined
        ? graph.find(element === undefined ? document : `${document}:${element}`)
        : undefined;
    if (node === undefined || document === undefined) continue;
    const own = element === undefined ? scenariosOf(document, node, graph) : scenarioAt(document, node, graph);
    for (const each of own) found.set(each.node, each);
  }
  return [...found.values()];
}

/** The scenarios that a document defines. */
export function scenariosOf(document: string, node: number, graph: TraceGraph): readonly PlannedScenario[] {
  const elements = new Set(graph.holdersOf(node).flatMap((path) => graph.elementsOf(path)));
  return [...elements].flatMap((element) => scenarioAt(document, element, graph));
}

function scenarioAt(document: string, node: number, graph: TraceGraph): readonly PlannedScenario[] {
  const view = graph.view(node);
  return view?.kind === definitionKind.scenario ? [{ document, title: view.title ?? "", node }] : [];
}

/** Scenarios that a plan names and its mapping has no row for; none where the plan has no mapping. */
export function unmappedScenarios(plan: Plan, graph: TraceGraph): readonly PlannedScenario[] {
  if (plan.scenarioMapping.length === 0) return [];
  const titles = new Set<string>();
  const nodes = new Set<number>();
  for (const row of plan.scenarioMapping) {
    for (const id of mappedIds(row, graph)) {
      for (const title of mappedTitles(row)) titles.add(`${id} ${title}`);
      const node = graph.find(`${id}:${row.scenario.text.replace(/`/gu, "").trim()}`);
      if (node !== undefined) nodes.add(node);
    }
  }
  return plannedScenarios(plan, graph).filter(
    ({ document, title, node }) => !nodes.has(node) && !titles.has(`${document} ${lettersOf(title)}`),
  );
}

/** Titles in a row of the mapping, ready to compare: a cell may hold several. */
export function mappedTitles({ scenario }: ScenarioMapping): readonly string[] {
  const text = scenario.text.replace(/`/gu, "");
  return [text, ...text.split(/[,;]/u)].map(lettersOf);
}

/** Ids of documents in a row of the mapping. */
export function mappedIds({ document }: ScenarioMapping, { profile }: TraceGraph): readonly string[] {
  return document.text
    .split(/[^\w.:-]+/u)
    .flatMap((word) => parseDocumentId(profile, word.replace(/[.:-]+$/u, ""))?.id ?? []);
}

/** Marks, blanks and capital letters are written otherwise in tables and tests than in titles. */
export function lettersOf(text: string): string {
  return text
    .replace(/^\s{0,9}scenario(?: outline)?:/iu, "")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
}
