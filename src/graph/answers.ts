import type { Adjacency } from "./adjacency.ts";
import type { DocumentEntry } from "./artifact-entry.ts";
import type { GraphState } from "./graph-state.ts";

/** Visits a link that answers for a node. */
export type AnswerVisitor = (from: number, document: DocumentEntry, at: number) => boolean;

/**
 * Visits the links that answer for a node until the visitor says true: those that lead to it; for a document also those that lead
 * to its elements; for an element also those that name its document as a whole, unless its type must be named by element.
 */
export function someAnswer(state: GraphState, adjacency: Adjacency, node: number, visit: AnswerVisitor): boolean {
  return adjacency.some(node, visit) || someStandIn(state, node, (other) => adjacency.some(other, visit));
}

/** Visits the nodes of which each link answers for another, too: a document's elements, or an element's document. */
export function someStandIn(state: GraphState, node: number, visit: (other: number) => boolean): boolean {
  const artifact = state.nodes.artifactOf(node);
  if (node !== artifact.node) {
    const isLoose = state.layers.types[artifact.type]?.element !== "required";
    return isLoose && visit(artifact.node);
  }
  for (const element of artifact.elements.values()) {
    if (state.nodes.isDefined(element) && visit(element)) return true;
  }
  return false;
}
