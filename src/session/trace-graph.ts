import { type TraceGraph, createGraph } from "#graph/graph";
import { openTraceCache } from "./trace-cache.ts";
import { everyDocument, expectDocuments, readSourceTraces, readTraces } from "./trace-documents.ts";
import type { Session } from "./session.ts";
import type { WorkspaceDocument } from "./workspace.ts";

/**
 * The graph of all documents and source files of a workspace. Documents that did not change come from the cache. Documents that were
 * named, but lie outside of what is walked, are in it too.
 */
export async function openGraph(session: Session, named: readonly WorkspaceDocument[] = []): Promise<TraceGraph> {
  const graph = createGraph(session.profile);
  const cache = openTraceCache(session);
  const unread: WorkspaceDocument[] = [];
  for (const document of everyDocument(session, named)) {
    const trace = cache.get(document.path, document.stat);
    if (trace === undefined) unread.push(document);
    else graph.set(trace);
  }
  expectDocuments(session, unread);
  const stats = new Map(unread.map(({ path, stat }) => [path, stat]));
  for (const trace of await readTraces(session, unread)) {
    graph.set(trace);
    const stat = stats.get(trace.path);
    if (stat !== undefined) cache.put(trace.path, stat, trace);
  }
  for (const trace of readSourceTraces(session)) graph.set(trace);
  cache.save();
  return graph;
}
