import { type TraceGraph, createGraph } from "#graph/graph";
import { createTraceReader } from "#parse/trace";
import type { KnownSelections } from "#rules/select-rules";
import { type DocumentReading, checkReading, readSource } from "./document-reading.ts";
import type { DocumentToRead, ReadingGround } from "./own-facts.ts";
import { readReceipt } from "./plan-view.ts";
import type { SelectedDocuments } from "./select-documents.ts";
import type { Session } from "./session.ts";
import { openTraceCache } from "./trace-cache.ts";
import type { WorkspaceDocument } from "./workspace.ts";
import {
  createDocumentReader,
  everyDocument,
  expectDocuments,
  readSourceTraces,
  subjectOf,
} from "./trace-documents.ts";

/** All documents of a workspace as a graph, and what those that were selected say by themselves. */
export interface GatheredDocuments {
  readonly graph: TraceGraph;
  /** In the order of the selection. */
  readonly readings: readonly DocumentReading[];
}

/** What reading the documents of a session needs. */
export async function readingGround(session: Session): Promise<ReadingGround> {
  return {
    profile: session.profile,
    hash: session.host.hash,
    parser: await session.host.shellParser(),
    source: (path) => session.source(path),
    receipt: (path) => readReceipt(session, path),
  };
}

/**
 * Reads every document once: for the graph, and for the rules that look at one document alone. For the graph, documents that did not
 * change come from the cache.
 */
export async function gatherDocuments(session: Session, selected: SelectedDocuments): Promise<GatheredDocuments> {
  const ground = await readingGround(session);
  const graph = createGraph(session.profile);
  const cache = openTraceCache(session);
  const traces = createTraceReader(session.profile);
  const reader = createDocumentReader(session.profile, traces);
  const known: KnownSelections = new Map();
  const checked = new Set(selected.documents.map(({ path }) => path));
  const readings = new Map<string, DocumentReading>();
  const documents = everyDocument(session, selected.documents);
  expectDocuments(session, documents);
  for (const document of documents) {
    const kept = cache.get(document.path, document.stat);
    if (kept !== undefined) graph.set(kept);
    if (kept !== undefined && !checked.has(document.path)) continue;
    const read = readSource(ground, document.path);
    if (read === undefined) continue;
    const made = kept ?? (read.unread === undefined ? reader.read(subjectOf(document), read.source.text) : undefined);
    // Why: waiting where nothing is to be waited for costs as much as reading a small document.
    const trace = made instanceof Promise ? await made : made;
    if (kept === undefined && trace !== undefined) {
      graph.set(trace);
      cache.put(document.path, document.stat, trace);
    }
    if (!checked.has(document.path)) continue;
    readings.set(document.path, checkReading(ground, wantedDocument(document, selected.named), read, trace, known));
  }
  for (const trace of readSourceTraces(session, traces)) graph.set(trace);
  cache.save();
  return { graph, readings: selected.documents.flatMap(({ path }) => readings.get(path) ?? []) };
}

/** A document of the workspace as it is to be read. */
export function wantedDocument(document: WorkspaceDocument, named: ReadonlySet<string>): DocumentToRead {
  return { size: document.stat.size, named: named.has(document.path), ...document };
}
