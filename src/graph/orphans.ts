import type { Lineages } from "./closure.ts";
import type { Coverage } from "./coverage.ts";
import type { GraphState } from "./graph-state.ts";

/** Documents that hang in the air. */
export interface Orphans {
  /** Below the first layer, and with nothing above. */
  readonly rootless: readonly number[];
  /** Above the last layer, and named by nothing of the next. */
  readonly childless: readonly number[];
}

/** Documents without anything above or below them, by id. */
export function orphans(state: GraphState, lineages: Lineages, coverage: Coverage): Orphans {
  state.settle();
  const documents = state.nodes.artifacts
    .filter(({ holders, type }) => holders.length > 0 && type >= 0)
    .sort((a, b) => (a.id < b.id ? -1 : 1))
    .map(({ node }) => node);
  return {
    rootless: documents.filter((node) => (lineages.typeOf(node)?.parents.length ?? 0) > 0 && !lineages.leadsUp(node)),
    childless: documents.filter((node) => {
      const demanded = coverage.demandedOf(node);
      return demanded.length > 0 && !demanded.some((type) => coverage.isNamedBy(node, type));
    }),
  };
}
