import { definitionColumn, definitionWidth } from "#model/trace";
import type { DocumentEntry } from "./artifact-entry.ts";

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
