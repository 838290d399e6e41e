import { linkWidth } from "./artifact-entry.ts";
import type { GraphState } from "./graph-state.ts";
import { linkAt } from "./link-view.ts";

/** Everything that was resolved, one line a fact, sorted: equal graphs have equal text, however they came about. */
export function dump(state: GraphState): string {
  const lines: string[] = [];
  for (const document of state.documents()) {
    const { trace, links, nodes, artifact } = document;
    if (trace.template) continue;
    lines.push(`document ${trace.path} ${artifact.id} ${artifact.type} ${artifact.whole.includes(document)}`);
    for (const [row, node] of nodes.entries())
      lines.push(`element ${trace.path} ${row} ${node < 0 ? "-" : siteText(state, node)}`);
    for (let at = 0; at < links.length; at += linkWidth)
      lines.push(`link ${JSON.stringify(linkAt(state, document, at))}`);
  }
  for (const { id, namedBy } of state.nodes.artifacts) {
    if (namedBy.length > 0)
      lines.push(
        `named ${id} ${namedBy
          .map(({ trace }) => trace.path)
          .sort()
          .join(" ")}`,
      );
  }
  return `${lines.sort().join("\n")}\n`;
}

function siteText(state: GraphState, node: number): string {
  const site = state.nodes.siteOf(node);
  return `${state.nodes.idOf(node)} ${site?.document.trace.path} ${site?.row} ${state.nodes.isStated(node)}`;
}
