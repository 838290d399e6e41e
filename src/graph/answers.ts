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
  if (adjacency.some(node, visit)) return true;
  const artifact = state.nodes.artifactOf(node);
  if (node !== artifact.node) {
    const isLoose = state.layers.types[artifact.type]?.element !== "required";
    return isLoose && adjacency.some(artifact.node, visit);
  }
  for (const element of artifact.elements.values()) {
    if (state.nodes.isDefined(element) && adjacency.some(element, visit)) return true;
  }
  return false;
}
