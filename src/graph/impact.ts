import type { Adjacency } from "./adjacency.ts";
import type { GraphState } from "./graph-state.ts";
import { WrittenTags } from "./written-tags.ts";
import { linkColumn } from "./artifact-entry.ts";

/** What a change of some nodes touches. */
export interface Impact {
  /** The nodes that changed. */
  readonly changed: readonly number[];
  /** Nodes that depend on them, the nearest first. */
  readonly touched: readonly number[];
  /** The node through which each of `touched` is. */
  readonly via: ReadonlyMap<number, number>;
}

/**
 * Everything downstream of changed nodes. A changed document counts with all its elements; what names a document as a whole depends
 * on each of its elements; elements depend on what their document names for them.
 */
export function impactOf(state: GraphState, adjacency: Adjacency, changed: Iterable<number>): Impact {
  state.settle();
  const tags = new WrittenTags(state);
  const via = new Map<number, number>();
  const seen = new Set<number>();
  for (const node of changed) for (const one of withElements(state, node)) seen.add(one);
  const roots = [...seen];
  const reach = (node: number, from: number): void => {
    if (seen.has(node)) return;
    seen.add(node);
    via.set(node, from);
  };
  for (const node of seen) {
    const whole = state.nodes.artifactOf(node).node;
    for (const target of node === whole ? [node] : [node, whole]) {
      adjacency.some(target, (from, document, at) => {
        reach(from, node);
        const type = document.links[at + linkColumn.type] ?? -1;
        for (const one of heirs(state, tags, from, type)) reach(one, from);
        return false;
      });
    }
  }
  return { changed: roots, touched: [...via.keys()], via };
}

function withElements(state: GraphState, node: number): readonly number[] {
  const artifact = state.nodes.artifactOf(node);
  if (node !== artifact.node) return [node];
  return [node, ...[...artifact.elements.values()].filter((element) => state.nodes.isDefined(element))];
}

/** Elements for which their document's tag of a type holds. */
function heirs(state: GraphState, tags: WrittenTags, node: number, type: number): readonly number[] {
  const artifact = state.nodes.artifactOf(node);
  if (node !== artifact.node) return [];
  return withElements(state, node).filter((element) => {
    if (element === node) return false;
    tags.load(element, "own");
    return !tags.places.some((_, index) => tags.column(index, linkColumn.type) === type);
  });
}
