import { type DocumentEntry, linkColumn, linkWidth } from "./artifact-entry.ts";
import type { Lineages } from "./closure.ts";
import type { GraphState } from "./graph-state.ts";

/** A link by which a document, or an element of it, follows directly from another document or its element. */
export interface ParentLink {
  readonly from: number;
  readonly to: number;
  /** Index among the links of the document. */
  readonly index: number;
}

/**
 * The links of a document to its direct parents, each pair of nodes once: not those that only repeat an ancestor, and none from or to
 * source files.
 */
export function parentLinks(
  state: GraphState,
  lineages: Lineages,
  { links, trace, artifact }: DocumentEntry,
): readonly ParentLink[] {
  if (trace.role !== "artifact" || trace.template) return [];
  const found: ParentLink[] = [];
  let writer = -1;
  let parents: ReadonlySet<number> = new Set();
  let known = new Set<number>();
  for (let at = 0; at < links.length; at += linkWidth) {
    const from = links[at + linkColumn.from] ?? -1;
    const to = links[at + linkColumn.to] ?? -1;
    if (from !== writer) {
      writer = from;
      parents = new Set(lineages.directParentsOf(from));
      known = new Set();
    }
    if (to < 0 || known.has(to) || !parents.has(to)) continue;
    known.add(to);
    const target = state.nodes.artifactOf(to);
    if (target === artifact || target.holders[0]?.trace.role !== "artifact") continue;
    found.push({ from, to, index: at / linkWidth });
  }
  return found;
}
