import { definitionColumn, definitionWidth } from "#model/trace";
import type { GraphState } from "./graph-state.ts";

/** Where text of a node stands: the section of an element, or all of a file of a document. */
export interface NodeExtent {
  readonly path: string;
  readonly start: number;
  /** `Infinity` for a whole file. */
  readonly end: number;
}

/** Where a node's own text stands: one place for an element, one for each file of a document; none for what nothing defines. */
export function extentsOf(state: GraphState, node: number): readonly NodeExtent[] {
  state.settle();
  const site = state.nodes.siteOf(node);
  if (site === undefined) return [];
  if (site.row < 0) {
    return site.document.artifact.whole.map(({ trace }) => ({
      path: trace.path,
      start: 0,
      end: Number.POSITIVE_INFINITY,
    }));
  }
  const { path, definitions } = site.document.trace;
  const at = site.row * definitionWidth;
  return [
    {
      path,
      start: definitions[at + definitionColumn.scopeStart] ?? 0,
      end: definitions[at + definitionColumn.scopeEnd] ?? 0,
    },
  ];
}
