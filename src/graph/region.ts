import { mentionColumn, mentionWidth } from "#model/trace";
import type { Adjacency } from "./adjacency.ts";
import { linkColumn, linkWidth } from "./artifact-entry.ts";
import type { GraphState } from "./graph-state.ts";
import { WrittenTags } from "./written-tags.ts";

/**
 * Documents, by node, that lead to some nodes in any number of steps: where their chains lead follows from those. Ids that nothing holds
 * are among them.
 */
export function regionBelow(state: GraphState, adjacency: Adjacency, start: readonly number[]): ReadonlySet<number> {
  state.settle();
  return documentsIn(state, reachDown(state, adjacency, start));
}

/** Documents, by node, to which some nodes lead in any number of steps: who answers for them follows from those. */
export function regionAbove(state: GraphState, start: readonly number[]): ReadonlySet<number> {
  state.settle();
  return documentsIn(state, reachUp(state, start));
}

function documentsIn({ nodes }: GraphState, reach: ReadonlySet<number>): ReadonlySet<number> {
  return new Set(Array.from(reach, (node) => nodes.artifactOf(node).node));
}

/** Nodes that lead to the start, in any number of steps. */
function reachDown(state: GraphState, adjacency: Adjacency, start: readonly number[]): ReadonlySet<number> {
  const seen = new Set(start);
  for (const node of seen) {
    const artifact = state.nodes.artifactOf(node);
    // Why: a document without tags of some type has those of its elements, and its own hold for all of them.
    seen.add(artifact.node);
    if (node === artifact.node && hasOwnTags(state, node)) {
      for (const { nodes } of artifact.holders) for (const element of nodes) if (element >= 0) seen.add(element);
    }
    adjacency.some(node, (writer) => {
      seen.add(writer);
      return false;
    });
  }
  return seen;
}

function hasOwnTags(state: GraphState, node: number): boolean {
  return state.nodes
    .artifactOf(node)
    .holders.some(({ links }) => links.some((from, at) => at % linkWidth === linkColumn.from && from === node));
}

/** Nodes to which the start leads, in any number of steps. */
function reachUp(state: GraphState, start: readonly number[]): ReadonlySet<number> {
  const tags = new WrittenTags(state);
  const seen = new Set(start);
  for (const node of seen) {
    tags.load(node);
    for (let index = 0; index < tags.length; index++) {
      const to = tags.to(index);
      const named = state.nodes.artifacts[tags.column(index, linkColumn.artifact)];
      if (to >= 0) seen.add(to);
      if (named !== undefined) seen.add(named.node);
    }
  }
  return seen;
}

/** Documents, by node, that name a document in a tag or mention it, and those that it mentions; itself among them. */
export function neighboursOf(state: GraphState, document: number): ReadonlySet<number> {
  state.settle();
  const own = state.nodes.artifactOf(document);
  const found = new Set([own.node]);
  for (const { artifact } of own.namedBy) found.add(artifact.node);
  for (const { trace, artifact } of state.documents()) {
    for (let at = 0; at < trace.mentions.length; at += mentionWidth) {
      const id = trace.strings[trace.mentions[at + mentionColumn.document] ?? -1];
      if (id === own.id) found.add(artifact.node);
      const named = artifact === own && id !== undefined ? state.nodes.artifact(id) : undefined;
      if (named !== undefined) found.add(named.node);
    }
  }
  return found;
}

/** What each node of a document leads to: by node, numbers of its link rows without their places, four a link. */
export function outgoingOf(state: GraphState, path: string): ReadonlyMap<number, readonly number[]> {
  const document = state.document(path);
  const found = new Map<number, number[]>();
  if (document === undefined) return found;
  const { links, nodes, artifact } = document;
  for (const node of [artifact.node, ...nodes]) if (node >= 0) found.set(node, []);
  for (let at = 0; at < links.length; at += linkWidth) {
    const rows = found.get(links[at + linkColumn.from] ?? -1);
    const named = state.nodes.artifacts[links[at + linkColumn.artifact] ?? -1]?.node ?? -1;
    rows?.push(
      named,
      links[at + linkColumn.to] ?? -1,
      links[at + linkColumn.status] ?? -1,
      links[at + linkColumn.type] ?? -1,
    );
  }
  return found;
}

/** Nodes that wrote a tag on a document or an element of it, whether it leads anywhere or not. */
export function namersOf(state: GraphState, document: number): ReadonlySet<number> {
  state.settle();
  const own = state.nodes.artifactOf(document);
  const found = new Set<number>();
  for (const { links } of own.namedBy) {
    for (let at = 0; at < links.length; at += linkWidth) {
      if (links[at + linkColumn.artifact] === own.number) found.add(links[at + linkColumn.from] ?? -1);
    }
  }
  found.delete(-1);
  return found;
}
