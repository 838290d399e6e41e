import { expect } from "vitest";
import type { TraceGraph } from "#graph/graph";

/** What a graph says of duplicates and of whether links lead to its nodes, in order; the latter as its links tell it. */
export function namedNodes(graph: TraceGraph): readonly string[] {
  const lines = graph.paths().flatMap((path) => {
    const nodes = [...graph.documents(), ...graph.elementsOf(path)];
    const again = graph.duplicateElements(path).map(({ node }) => `${path} ${graph.idOf(node)}`);
    return [...again, ...nodes.map((node) => `${graph.idOf(node)} ${namedBy(graph, node)}`)];
  });
  return lines.sort();
}

/** Whether links lead to a node, and some of later layers, told from the links themselves. */
function namedBy(graph: TraceGraph, node: number): string {
  const { coverage } = graph;
  const links = graph.linksTo(node);
  expect(coverage.isNamed(node)).toBe(links.length > 0);
  const layer = graph.view(node)?.layer ?? -1;
  const isLater = links.some(({ from }) => (graph.view(graph.find(from) ?? -1)?.layer ?? -1) > layer);
  if (isLater) expect(coverage.isNamedLater(node)).toBe(true);
  return `${coverage.isNamed(node)} ${coverage.isNamedLater(node)}`;
}
