import type { Adjacency } from "./adjacency.ts";
import type { GraphState } from "./graph-state.ts";
import { WrittenTags } from "./written-tags.ts";
import { linkColumn, linkWidth } from "./artifact-entry.ts";

/** What a change of some nodes touches. */
export interface Impact {
  /** The nodes that changed. */
  readonly changed: readonly number[];
  /** Nodes that depend on them, the nearest first. */
  readonly touched: readonly number[];
  /** The node through which each of `touched` is. */
  readonly via: ReadonlyMap<number, number>;
}

/** A node with a tag on another, and the number of the tag's type. */
export interface Namer {
  readonly from: number;
  readonly type: number;
}

/** Nodes that are gone, and who named them while they were there. */
export type LostNodes = ReadonlyMap<number, readonly Namer[]>;

const noneLost: LostNodes = new Map();

/** Who has a tag on just this node. */
export function namersOfNode(state: GraphState, adjacency: Adjacency, node: number): readonly Namer[] {
  state.settle();
  const namers: Namer[] = [];
  adjacency.some(node, (from, document, at) => {
    namers.push({ from, type: document.links[at + linkColumn.type] ?? -1 });
    return false;
  });
  return namers;
}

/**
 * Everything downstream of changed nodes. A changed document counts with all its elements; what names a document as a whole depends
 * on each of its elements; elements depend on what their document names for them.
 */
export function impactOf(
  state: GraphState,
  adjacency: Adjacency,
  changed: Iterable<number>,
  lost: LostNodes = noneLost,
): Impact {
  state.settle();
  const tags = new WrittenTags(state);
  const via = new Map<number, number>();
  const seen = new Set<number>();
  for (const node of changed) for (const one of withElements(state, node)) seen.add(one);
  for (const node of lost.keys()) seen.add(node);
  const roots = [...seen];
  const reach = (node: number, from: number): void => {
    if (seen.has(node)) return;
    seen.add(node);
    via.set(node, from);
  };
  const reachWithHeirs = (from: number, type: number, node: number): void => {
    reach(from, node);
    for (const one of heirs(state, tags, from, type)) reach(one, from);
  };
  for (const node of roots) {
    for (const { from, type } of lost.get(node) ?? namersOfGone(state, node)) reachWithHeirs(from, type, node);
  }
  for (const node of seen) {
    const whole = state.nodes.artifactOf(node).node;
    for (const target of node === whole ? [node] : [node, whole]) {
      adjacency.some(target, (from, document, at) => {
        reachWithHeirs(from, document.links[at + linkColumn.type] ?? -1, node);
        return false;
      });
    }
  }
  return { changed: roots, touched: [...via.keys()], via };
}

/** Why: links to a document that is gone lead to no node, but what wrote them depended on it. */
function namersOfGone(state: GraphState, node: number): readonly Namer[] {
  const { number, holders, namedBy } = state.nodes.artifactOf(node);
  const namers: Namer[] = [];
  if (holders.length > 0) return namers;
  for (const { trace, links } of namedBy) {
    for (let at = 0; at < links.length && !trace.template; at += linkWidth) {
      if (links[at + linkColumn.artifact] !== number) continue;
      namers.push({ from: links[at + linkColumn.from] ?? -1, type: links[at + linkColumn.type] ?? -1 });
    }
  }
  return namers;
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
    return !tags.speaksOf(type);
  });
}
