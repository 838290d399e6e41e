import { type TraceGraph, createGraph } from "#graph/graph";
import { readSourceTraces, readTraces } from "./trace-documents.ts";
import type { Session } from "./session.ts";

/** The graph of all documents and source files of a workspace. */
export async function openGraph(session: Session): Promise<TraceGraph> {
  const graph = createGraph(session.profile);
  for (const trace of await readTraces(session, session.documents())) graph.set(trace);
  for (const trace of readSourceTraces(session)) graph.set(trace);
  for (const trace of readSourceTraces(session)) graph.set(trace);
  return graph;
}
