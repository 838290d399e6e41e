import type { PlanView } from "../plan-view.ts";
import type { Session } from "../session.ts";
import { openGraph } from "../trace-graph.ts";

/** Paths of the documents a plan follows from, as far up as its tags lead, sorted. */
export async function chainDocuments(session: Session, { document }: PlanView): Promise<readonly string[]> {
  const graph = await openGraph(session);
  const node = graph.find(document.id);
  if (node === undefined) return [];
  const upstream = graph
    .traceFrom(node)
    .hops.flatMap(({ direction, to }) => (direction === "upstream" && to >= 0 ? [to] : []));
  const documents = new Set(upstream.map((each) => graph.documentOf(each)));
  const known = new Set(session.documents().map(({ path }) => path));
  const paths = [...documents].flatMap((each) => graph.holdersOf(each)).filter((path) => known.has(path));
  return [...new Set(paths)].sort();
}
