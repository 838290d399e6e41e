import type { Span } from "#model/source";
import { definitionColumn, definitionWidth } from "#model/trace";
import type { DocumentEntry } from "./artifact-entry.ts";

/** The stretches of a document that are text of elements, by place; those that overlap are one. Empty for a template. */
export function elementSpans({ trace, nodes }: DocumentEntry): readonly Span[] {
  const rows: Span[] = [];
  for (let row = 0; row < nodes.length && !trace.template; row++) {
    const at = row * definitionWidth;
    const start = trace.definitions[at + definitionColumn.scopeStart] ?? 0;
    const end = trace.definitions[at + definitionColumn.scopeEnd] ?? 0;
    if ((nodes[row] ?? -1) >= 0 && start < end) rows.push({ start, end });
  }
  rows.sort((a, b) => a.start - b.start);
  const spans: { start: number; end: number }[] = [];
  for (const { start, end } of rows) {
    const last = spans.at(-1);
    if (last === undefined || start > last.end) spans.push({ start, end });
    else if (end > last.end) last.end = end;
  }
  return spans;
}

/** The innermost element whose text holds an offset, else the document; undefined for no document and for a template. */
export function nodeAt(document: DocumentEntry | undefined, offset: number): number | undefined {
  if (document === undefined || document.trace.template) return undefined;
  const { trace, nodes, artifact } = document;
  let [found, size] = [artifact.node, Number.POSITIVE_INFINITY];
  for (let row = 0; row < nodes.length; row++) {
    const node = nodes[row] ?? -1;
    const at = row * definitionWidth;
    const start = trace.definitions[at + definitionColumn.scopeStart] ?? 0;
    const end = trace.definitions[at + definitionColumn.scopeEnd] ?? 0;
    if (node < 0 || offset < start || offset >= end || end - start >= size) continue;
    [found, size] = [node, end - start];
  }
  return found;
}
