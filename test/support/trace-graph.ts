import type { DocumentTrace, TraceLink } from "#model/trace";
import { type TraceGraph, createGraph } from "#graph/graph";
import { aidoc16 } from "#profile/aidoc-16";
import type { TraceBuilder } from "./trace-builder.ts";

/** A graph of these documents. */
export function graphOf(...documents: readonly (TraceBuilder | DocumentTrace)[]): TraceGraph {
  const graph = createGraph(aidoc16);
  for (const document of documents) graph.set("build" in document ? document.build() : document);
  return graph;
}

/** All links of a document. */
export function linksIn(graph: TraceGraph, path: string): readonly TraceLink[] {
  const links = graph.linksOf(path);
  return Array.from({ length: links.length }, (_, index) => links.at(index));
}

/** The node of an id that is there. */
export function nodeOf(graph: TraceGraph, id: string): number {
  const node = graph.find(id);
  if (node === undefined) throw new Error(`no node ${id}`);
  return node;
}

/** Links as sentences: `REQ-003 -sys-> SYS-012 (document-only)`. */
export function told(links: readonly TraceLink[]): readonly string[] {
  return links.map(({ from, to, tag, status, derivation }) => {
    const how = derivation === undefined ? status : `${status}: ${derivation}`;
    return `${from} -${tag}-> ${to} (${how})`;
  });
}
