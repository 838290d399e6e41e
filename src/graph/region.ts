import type { Adjacency } from "./adjacency.ts";
import { linkColumn, linkWidth } from "./artifact-entry.ts";
import type { GraphState } from "./graph-state.ts";

/**
 * Nodes that lead to some nodes in any number of steps, with their documents and these themselves: where their chains lead follows from
 * those. Ids that nothing holds are among them.
 */
export function below(state: GraphState, adjacency: Adjacency, start: readonly number[]): ReadonlySet<number> {
  state.settle();
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

/** Paths of the documents with a tag on a document or an element of it, whether it leads anywhere or not. */
export function namersOf(state: GraphState, document: number): readonly string[] {
  state.settle();
  return state.nodes.artifactOf(document).namedBy.map(({ trace }) => trace.path);
}
