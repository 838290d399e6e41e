import { type DocumentTrace, mentionColumn, mentionKind, mentionWidth } from "#model/trace";
import type { TraceFacts } from "./facts.ts";

/** A document that a section on sources, or on what follows, names without a tag. */
export interface SectionMention {
  /** Document id. */
  readonly document: string;
  /** True for a link to a file; false for an id alone. */
  readonly linked: boolean;
  readonly start: number;
  readonly end: number;
}

/** What the sections of a kind name in one file, by place; a document that is named again is left out. */
export function sectionMentions(
  graph: TraceFacts["graph"],
  path: string,
  kind: keyof typeof mentionKind,
): readonly SectionMention[] {
  const trace = graph.trace(path);
  if (trace === undefined) return [];
  const found = new Map<string, SectionMention>();
  for (let at = 0; at < trace.mentions.length; at += mentionWidth) {
    if (trace.mentions[at + mentionColumn.kind] !== mentionKind[kind]) continue;
    const mention = mentionAt(trace, at);
    if (mention !== undefined && !found.has(mention.document)) found.set(mention.document, mention);
  }
  return [...found.values()];
}

function mentionAt({ mentions, strings }: DocumentTrace, at: number): SectionMention | undefined {
  const document = strings[mentions[at + mentionColumn.document] ?? -1];
  if (document === undefined) return undefined;
  const start = mentions[at + mentionColumn.start] ?? 0;
  const linked = (mentions[at + mentionColumn.target] ?? -1) >= 0;
  return { document, linked, start, end: mentions[at + mentionColumn.end] ?? start };
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
