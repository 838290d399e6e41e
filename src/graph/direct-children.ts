import type { TraceGraph } from "./graph.ts";

/** Documents that name a document, or an element of it, as a parent: not those that only repeat it as an ancestor. By node. */
export function directChildren(graph: TraceGraph, document: number): readonly number[] {
  const naming = new Set<number>();
  for (const node of [document, ...elementsIn(graph, document)]) {
    for (const link of graph.linksTo(node)) {
      const from = graph.find(link.from);
      if (from !== undefined) naming.add(graph.documentOf(from));
    }
  }
  naming.delete(document);
  return [...naming].filter((child) => directParents(graph, child).includes(document)).sort((a, b) => a - b);
}

/** Documents that a document, or an element of it, names as its parents. By node. */
export function directParents(graph: TraceGraph, document: number): readonly number[] {
  const parents = new Set<number>();
  const view = graph.view(document);
  const writers = new Set([document, ...(view === undefined ? [] : graph.writers(view.path))]);
  for (const writer of writers) {
    for (const parent of graph.lineage(writer)?.parents ?? []) parents.add(graph.documentOf(parent));
  }
  parents.delete(document);
  return [...parents].sort((a, b) => a - b);
}

function elementsIn(graph: TraceGraph, document: number): readonly number[] {
  const view = graph.view(document);
  return view === undefined ? [] : graph.elementsOf(view.path);
}
