import { mentionsIn, type SectionMention } from "#graph/mentions";
import type { mentionKind } from "#model/trace";
import type { TraceFacts } from "./facts.ts";

/** What the sections of a kind name in one file, by place; a document that is named again is left out. */
export function sectionMentions(
  graph: TraceFacts["graph"],
  path: string,
  kind: keyof typeof mentionKind,
): readonly SectionMention[] {
  const trace = graph.trace(path);
  const found = new Map<string, SectionMention>();
  for (const mention of trace === undefined ? [] : mentionsIn(trace, kind)) {
    if (!found.has(mention.document)) found.set(mention.document, mention);
  }
  return [...found.values()];
}

/** What the files that make up a document name together. */
export function mentionedBy({ graph }: TraceFacts, node: number, kind: keyof typeof mentionKind): ReadonlySet<string> {
  const named = new Set<string>();
  for (const path of graph.holdersOf(node)) {
    for (const { document } of sectionMentions(graph, path, kind)) named.add(document);
  }
  return named;
}

/** The node of the artifact that a file is, or is part of; undefined for templates and what is no artifact. */
export function artifactNode({ graph, path }: TraceFacts): number | undefined {
  const trace = graph.trace(path);
  if (trace?.role !== "artifact" || trace.template || trace.id === undefined) return undefined;
  const node = graph.find(trace.id);
  return node !== undefined && graph.holdersOf(node).includes(path) ? node : undefined;
}
