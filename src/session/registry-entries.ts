import type { Registry, RegistryEntry, SourceCoverage, TagState } from "#author/registry/entry";
import type { TraceGraph } from "#graph/graph";
import { compareIds } from "#graph/index";
import { mentionsIn } from "#graph/mentions";
import type { Control } from "#model/plan-text";
import { isMarkdownPath } from "#model/source";
import { tagColumn, tagFlag, tagWidth, type TraceRole } from "#model/trace";
import { parsePlan } from "#parse/iplan/plan";
import { layerOf } from "#profile/dialect";
import type { LayerProfile } from "#profile/profile";
import { readPlans } from "./plans.ts";
import { withPlan } from "./registry-plan.ts";
import { copiesById } from "./same-id.ts";
import type { Session } from "./session.ts";

/** Everything the registry documents of a type are computed from: documents, tags and receipts; never a journal. */
export async function registryOf(session: Session, graph: TraceGraph, layer: LayerProfile): Promise<Registry> {
  const plans = layer.type === session.profile.plan.type ? readPlans(session).plans : [];
  const others = copiesById(graph);
  const entries: RegistryEntry[] = [];
  for (const node of graph.documents()) {
    const view = graph.view(node);
    if (view?.type !== layer.type || view.role !== "artifact") continue;
    const plan = plans.find((one) => one.parts.some((part) => part.path === view.path));
    const entry = entryOf(session, graph, node, layer, others.get(view.id) ?? []);
    entries.push(plan === undefined ? entry : await withPlan(session, graph, node, entry, plan));
  }
  return {
    type: layer.type,
    title: layer.title,
    layer: layer.layer,
    upstreamTypes: [...layer.upstream].reverse(),
    sources: sourceCoverage(session, graph, layer, entries),
    entries: entries.sort((a, b) => compareIds(a.id, b.id)),
  };
}

function entryOf(
  session: Session,
  graph: TraceGraph,
  node: number,
  layer: LayerProfile,
  copies: readonly string[],
): RegistryEntry {
  const view = graph.view(node);
  const path = view?.path ?? "";
  const control = controlOf(session, path);
  const elements = graph.elementsOf(path).filter((one) => graph.isDemanding(one));
  const children = graph.kinship.children(node).filter((child) => graph.view(child)?.role === "artifact");
  const namers = new Set(graph.namersOf(node).flatMap((one) => graph.nodeAt(one, -1) ?? []));
  const naming = [...namers].flatMap((one) => graph.view(one) ?? []);
  const ofRole = (role: TraceRole): readonly string[] =>
    naming.flatMap((one) => (one.role === role ? [one.path] : [])).sort();
  const testTypes = [
    ...new Set(naming.flatMap(({ role, type }) => (role === "test" && type !== undefined ? [type] : []))),
  ];
  const named = downstreamMentions(graph, path);
  const ids = (nodes: readonly number[]): readonly string[] => nodes.map((one) => graph.idOf(one)).sort();
  const covered = coveredOf(graph, elements);
  return {
    id: graph.idOf(node),
    type: layer.type,
    path,
    title: titleOf(view?.title ?? "", graph.idOf(node)),
    copies: copies.map((one) => ({ path: one, title: titleOf(graph.trace(one)?.title ?? "", graph.idOf(node)) })),
    ...(control?.status === undefined ? {} : { status: control.status.raw }),
    ...(control?.created?.value === undefined ? {} : { created: control.created.value.iso.slice(0, 10) }),
    tags: tagStates(graph, path, node, layer, session),
    upstream: ids(graph.kinship.parents(node)),
    downstream: ids(children),
    elements: elements.length,
    ...(covered === undefined ? {} : { covered }),
    tested: elements.filter((one) => testTypes.some((type) => graph.coverage.isNamedBy(one, type))).length,
    code: ofRole("source"),
    tests: ofRole("test"),
    // Why: a document without a section on what lies below it names nothing, and is not asked to.
    unnamed: named.size === 0 ? [] : ids(children).filter((id) => !named.has(id)),
  };
}

/** How many elements are named below; undefined where nothing has to name them, and nothing does. */
function coveredOf({ coverage }: TraceGraph, elements: readonly number[]): number | undefined {
  const asked = elements.filter((one) => coverage.demandedOf(one).length > 0);
  const named = elements.filter((one) => coverage.isNamedLater(one));
  if (asked.length === 0 && named.length === 0) return undefined;
  return asked.length === 0 ? named.length : asked.filter((one) => coverage.isCovered(one)).length;
}

/** How many documents of each layer above are named by some of the entries. */
function sourceCoverage(
  session: Session,
  graph: TraceGraph,
  layer: LayerProfile,
  entries: readonly RegistryEntry[],
): readonly SourceCoverage[] {
  const named = new Set<number>();
  for (const { path } of entries) {
    const links = graph.linksOf(path);
    for (let index = 0; index < links.length; index++) {
      if (links.to(index) >= 0) named.add(graph.documentOf(links.to(index)));
    }
  }
  const totals = new Map<string, { total: number; named: number }>();
  for (const node of graph.documents()) {
    const view = graph.view(node);
    if (view?.role !== "artifact" || view.type === undefined) continue;
    const known = totals.get(view.type) ?? { total: 0, named: 0 };
    totals.set(view.type, { total: known.total + 1, named: known.named + (named.has(node) ? 1 : 0) });
  }
  return session.profile.layers
    .filter((one) => one.reference === "document" && one.layer < layer.layer)
    .sort((a, b) => a.layer - b.layer)
    .flatMap(({ type, layer: number }) => {
      const found = totals.get(type);
      return found === undefined ? [] : [{ type, layer: number, ...found }];
    });
}

function controlOf(session: Session, path: string): Control | undefined {
  const source = isMarkdownPath(path) ? session.source(path) : undefined;
  return source === undefined ? undefined : parsePlan(source, session.profile).control;
}

function titleOf(title: string, id: string): string {
  return title.startsWith(id) ? title.slice(id.length).replace(/^[\s:–-]+/u, "") : title;
}

/** Ids that a document names in its downstream sections. */
function downstreamMentions(graph: TraceGraph, path: string): ReadonlySet<string> {
  const trace = graph.trace(path);
  return new Set(trace === undefined ? [] : Array.from(mentionsIn(trace, "downstream"), ({ document }) => document));
}

/** How each tag that the layer demands stands, those of optional layers where the ancestors have such documents. */
function tagStates(
  graph: TraceGraph,
  path: string,
  node: number,
  layer: LayerProfile,
  session: Session,
): ReadonlyMap<string, TagState> {
  const conditional = graph.conditional(node).filter((one) => one.ancestors.length > 0);
  const types = [...layer.upstream, ...conditional.map((one) => one.type)];
  const required = types
    .flatMap((type) => layerOf(session.profile, type) ?? [])
    .sort((a, b) => a.layer - b.layer)
    .flatMap((one) => one.tag ?? []);
  const written = writtenTags(graph, path, node);
  return new Map(required.map((tag) => [tag, written.get(tag) ?? "missing"]));
}

function writtenTags(graph: TraceGraph, path: string, node: number): ReadonlyMap<string, TagState> {
  const states = new Map<string, TagState>();
  const trace = graph.trace(path);
  const parts = trace?.part === undefined ? [path] : graph.holdersOf(node);
  for (const part of parts) {
    const { tags, strings } = graph.trace(part) ?? { tags: new Int32Array(0), strings: [] };
    for (let at = 0; at < tags.length; at += tagWidth) {
      const flags = tags[at + tagColumn.flags] ?? 0;
      if ((flags & tagFlag.live) === 0 || (flags & tagFlag.none) !== 0) continue;
      states.set(strings[tags[at + tagColumn.type] ?? -1] ?? "", "not-found");
    }
    const links = graph.linksOf(part);
    const broken = new Set<string>();
    for (let index = 0; index < links.length; index++) {
      if (links.to(index) < 0) broken.add(links.tag(index));
      else if (!broken.has(links.tag(index))) states.set(links.tag(index), "found");
    }
    for (const tag of broken) states.set(tag, "not-found");
  }
  return states;
}
