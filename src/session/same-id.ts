import type { TraceGraph } from "#graph/graph";

/** By id, the files that hold it beside the document that links lead to. */
export function copiesById(graph: TraceGraph): ReadonlyMap<string, readonly string[]> {
  return new Map(
    graph.duplicateDocuments().map(({ id, paths }) => {
      const whole = new Set(graph.holdersOf(graph.find(id) ?? -1));
      return [id, paths.filter((path) => !whole.has(path))] as const;
    }),
  );
}

/** All files that hold the id of a node's document, where they are no parts of one. */
export function filesOfSameId(graph: TraceGraph, node: number): { readonly sameId?: readonly string[] } {
  const id = graph.idOf(graph.documentOf(node));
  const found = graph.duplicateDocuments().find((one) => one.id === id);
  return found === undefined ? {} : { sameId: [...found.paths].sort() };
}
