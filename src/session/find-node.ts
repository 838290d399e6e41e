import type { TraceGraph } from "#graph/graph";
import { IplanError } from "#model/errors";
import { knownInstead } from "./known-instead.ts";
import type { Session } from "./session.ts";
import { locate } from "./targets.ts";
import { readTraces } from "./trace-documents.ts";
import { namedDocument } from "./workspace.ts";

/**
 * The node a user named: `REQ-003`, `REQ-003:AC-001`, a path, or a path with a line. A file that no walk finds is read and added.
 * Throws `usage/no-such-document` and says what may have been meant.
 */
export async function findNode(session: Session, graph: TraceGraph, target: string): Promise<number> {
  const named = graph.find(target) ?? graph.find(inCapitals(target));
  const found = named ?? (await nodeOfPath(session, graph, target));
  if (found !== undefined) return found;
  const near = graph.alike(inCapitals(target));
  throw new IplanError(
    "usage/no-such-document",
    `There is no document or element ${target}.`,
    near.length > 0 ? `Did you mean ${near.join(" or ")}?` : knownInstead(session, graph, target),
  );
}

/** True for the path of a file that is not in the graph yet: to find its node adds it. */
export function isAdded(session: Session, graph: TraceGraph, target: string): boolean {
  const match = /^(.+?):\d{1,9}(?::\d{1,9})?$/u.exec(target);
  const place = locate(session, target) ?? (match === null ? undefined : locate(session, match[1] ?? ""));
  return place?.kind === "file" && graph.trace(place.path) === undefined;
}

/** Why: people type `req-003`; elements keep their letters. */
function inCapitals(target: string): string {
  const colon = target.indexOf(":");
  return colon < 0 ? target.toUpperCase() : target.slice(0, colon).toUpperCase() + target.slice(colon);
}

async function nodeOfPath(session: Session, graph: TraceGraph, target: string): Promise<number | undefined> {
  const match = /^(.+?):(\d{1,9})(?::\d{1,9})?$/u.exec(target);
  const whole = locate(session, target);
  const place = whole ?? (match === null ? undefined : locate(session, match[1] ?? ""));
  if (place?.kind !== "file") return undefined;
  await addNamed(session, graph, place.path);
  const line = whole === undefined ? Number(match?.[2]) : undefined;
  const source = session.source(place.path);
  if (line === undefined || source === undefined) return graph.nodeAt(place.path, -1);
  const last = source.position(source.text.length).line;
  if (line >= 1 && line <= last) return graph.nodeAt(place.path, offsetOfLine(source.text, line));
  throw new IplanError("usage/no-such-document", `${place.path} has no line ${line}.`, `Its lines are 1 to ${last}.`);
}

async function addNamed(session: Session, graph: TraceGraph, path: string): Promise<void> {
  if (graph.trace(path) !== undefined) return;
  const document = namedDocument(session.host.files, session.root, session.profile, path);
  const traces = document === undefined ? [] : await readTraces(session, [document]);
  for (const trace of traces) graph.set(trace);
}

/** Offset of the last character of a line that is no blank: a heading's marks stand before what it defines. */
function offsetOfLine(text: string, line: number): number {
  let at = 0;
  for (let number = 1; number < line; number++) {
    const end = text.indexOf("\n", at);
    if (end < 0) return text.length;
    at = end + 1;
  }
  const end = text.indexOf("\n", at);
  return at + Math.max(0, text.slice(at, end < 0 ? text.length : end).trimEnd().length - 1);
}
