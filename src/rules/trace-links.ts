import type { TraceGraph } from "#graph/graph";
import type { LinkStatus, TraceLink } from "#model/trace";
import type { TraceFacts } from "./facts.ts";

/** A written tag that leads somewhere or nowhere, with its row in the document's trace. */
export interface WrittenLink extends TraceLink {
  readonly row: number;
}

/** Live links of a document that have one of these statuses; only those become objects. */
export function linksWith({ graph, path }: TraceFacts, statuses: readonly LinkStatus[]): readonly WrittenLink[] {
  const links = graph.linksOf(path);
  const found: WrittenLink[] = [];
  for (let index = 0; index < links.length; index++) {
    if (statuses.includes(links.status(index))) found.push({ ...links.at(index), row: links.row(index) });
  }
  return found.sort((a, b) => a.start - b.start);
}

/** The id of the document in `REQ-003:AC-001`. */
export function documentIn(id: string): string {
  const colon = id.indexOf(":");
  return colon < 0 ? id : id.slice(0, colon);
}

/** `Did you mean SYS-012:PERF-001?` where something near is there; empty where nothing is. */
export function didYouMean(graph: TraceGraph, link: WrittenLink): string {
  const near = graph.nearMisses(link.path, link.row);
  return near.length === 0 ? "" : ` Did you mean ${near.join(" or ")}?`;
}
