import type { TraceGraph } from "#graph/graph";
import { createSource } from "#model/source";
import type { WorkspaceFacts } from "#rules/facts";
import type { RuleContext } from "#rules/rule";
import type { Session } from "./session.ts";

/** Source and test files with a tag that is not read, or leads nowhere or to several places, as rules see them. All others need not be read again. */
export function* sourceContexts(
  session: Session,
  graph: TraceGraph,
  workspace: WorkspaceFacts,
): Generator<RuleContext> {
  for (const path of graph.paths()) {
    const trace = graph.trace(path);
    if (trace?.role !== "source" && trace?.role !== "test") continue;
    if (trace.faults.length === 0 && !leadsNowhere(graph, path)) continue;
    const bytes = session.host.files.read(`${session.root}/${path}`);
    if (bytes === undefined) continue;
    yield {
      source: createSource(path, bytes),
      document: { path, template: false, named: false, size: bytes.length },
      profile: session.profile,
      workspace,
      code: { graph, path },
    };
  }
}

function leadsNowhere(graph: TraceGraph, path: string): boolean {
  const links = graph.linksOf(path);
  for (let index = 0; index < links.length; index++) {
    const status = links.status(index);
    if (status === "missing" || status === "ambiguous") return true;
  }
  return false;
}
