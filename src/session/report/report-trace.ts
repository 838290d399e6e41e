import { compareIds } from "#graph/index";
import type { TraceGraph, TraceNode } from "#graph/graph";
import type { LinkStatus } from "#model/trace";
import type { Verdict } from "#model/run";
import type { Answered, ReportArtifact, ReportBreak, ReportTrace } from "#render/html/report";
import type { Session } from "../session.ts";
import type { DatedPlan } from "./report-plan.ts";

/** Documents and elements with their parents, links that are broken, and coverage; those of one document's chain when one is named. */
export function reportTrace(
  session: Session,
  graph: TraceGraph,
  about: string | undefined,
  plans: readonly DatedPlan[],
): ReportTrace {
  const links = linksOf(session, graph);
  const only = about === undefined ? undefined : chainOf(graph, about);
  const nodes = shownNodes(graph, links.touched).filter((node) => only?.has(node) ?? true);
  const places = new Map(nodes.map((node, place) => [node, place]));
  const verdicts = verdictsOf(plans);
  return {
    artifacts: nodes.flatMap((node) => artifactOf(session, graph, node, places, verdicts)),
    links: links.count,
    breaks: links.breaks.flatMap(({ node, shown }) => ((only?.has(node) ?? true) ? [shown] : [])),
    coverage: about === undefined ? graph.coverage.pairs() : [],
  };
}

function chainOf(graph: TraceGraph, about: string): ReadonlySet<number> {
  const root = graph.find(about);
  return new Set(root === undefined ? [] : graph.traceFrom(root).nodes);
}

interface SeenLinks {
  readonly count: number;
  /** Nodes at an end of a link. */
  readonly touched: ReadonlySet<number>;
  readonly breaks: readonly { readonly node: number; readonly shown: ReportBreak }[];
}

const broken: ReadonlySet<LinkStatus> = new Set(["missing", "ambiguous", "upward"]);

function linksOf(session: Session, graph: TraceGraph): SeenLinks {
  const touched = new Set<number>();
  const breaks: { node: number; shown: ReportBreak }[] = [];
  let count = 0;
  for (const path of graph.paths()) {
    const links = graph.linksOf(path);
    if (graph.trace(path)?.template === true) continue;
    count += links.length;
    for (let index = 0; index < links.length; index++) {
      const node = links.from(index);
      touched.add(node);
      if (links.to(index) >= 0) touched.add(links.to(index));
      if (!broken.has(links.status(index))) continue;
      const { from, to, tag, status, start } = links.at(index);
      const line = session.source(path)?.position(start).line ?? 1;
      breaks.push({ node, shown: { from, tag, to, status, path, line } });
    }
  }
  return { count, touched, breaks };
}

/** Every document, each followed by those of its elements that are demanded or at an end of a link. */
function shownNodes(graph: TraceGraph, touched: ReadonlySet<number>): readonly number[] {
  const documents = graph
    .documents()
    .filter((node) => ![undefined, "other"].includes(graph.view(node)?.role))
    .map((node) => ({ node, id: graph.idOf(node) }))
    .sort((a, b) => compareIds(a.id, b.id));
  return documents.flatMap(({ node }) => {
    const elements = graph.holdersOf(node).flatMap((path) => graph.elementsOf(path));
    // Why: keys and sections that nothing names are places in a text, no requirements.
    return [node, ...new Set(elements.filter((one) => touched.has(one) || graph.isDemanding(one)))];
  });
}

function artifactOf(
  session: Session,
  graph: TraceGraph,
  node: number,
  places: ReadonlyMap<number, number>,
  verdicts: ReadonlyMap<string, Verdict>,
): readonly ReportArtifact[] {
  const view = graph.view(node);
  if (view === undefined) return [];
  const parents = (graph.lineage(node)?.parents ?? []).flatMap((parent) => places.get(parent) ?? []);
  const verdict = verdicts.get(view.id);
  return [
    {
      id: view.id,
      type: view.type ?? "",
      title: titleOf(view),
      path: view.path,
      line: session.source(view.path)?.position(view.start).line ?? 1,
      parents: [...new Set(parents)].sort((a, b) => a - b),
      answered: answeredOf(graph, node),
      ...(verdict === undefined ? {} : { verdict }),
    },
  ];
}

function answeredOf({ coverage, isDemanding }: TraceGraph, node: number): Answered {
  if (!isDemanding(node) || coverage.demandedOf(node).length === 0) return "not-asked";
  if (!coverage.isCovered(node)) return "nothing";
  return coverage.isDeep(node) ? "deep" : "shallow";
}

/** Why: headings repeat the id that stands in a column of its own. */
function titleOf({ document, element, title = "" }: TraceNode): string {
  const name = element ?? document;
  return title.startsWith(name) ? title.slice(name.length).replace(/^[\s:–-]+/u, "") : title;
}

function verdictsOf(plans: readonly DatedPlan[]): ReadonlyMap<string, Verdict> {
  return new Map(
    plans.flatMap(({ plan: { id, verdict, phases } }) => [
      [id, verdict] as const,
      ...phases.flatMap(({ tasks }) => tasks.map((task) => [`${id}:${task.id}`, task.verdict] as const)),
    ]),
  );
}
