import type { TraceGraph } from "#graph/graph";
import { type DocumentTrace, definitionColumn, definitionWidth } from "#model/trace";
import { openRevision } from "./before.ts";
import { fileIdentity, renamedSince } from "./renamed-files.ts";
import type { Session } from "./session.ts";

/**
 * Nodes whose text changed since a revision of git: single elements when nothing outside of them did, else the whole document.
 * What is gone counts while something still names it. Throws `usage/revision` for one that git does not know.
 */
export async function changedNodes(session: Session, graph: TraceGraph, revision: string): Promise<readonly number[]> {
  const then = await openRevision(session, revision);
  const renamed = renamedSince(session, then);
  const former = formerPaths(session, then);
  const changed = graph.paths().flatMap((path) => {
    const [now, before] = [session.source(path)?.text, then.source(renamed.get(path) ?? former(path))?.text];
    return now === before ? [] : changedIn(graph, path, now ?? "", before);
  });
  return [...changed, ...goneNodes(session, graph, then, new Set(renamed.values()))];
}

/** Where a document was then that is at another place now and still there too: its move is half done. */
function formerPaths(session: Session, then: Session): (path: string) => string {
  const known = new Set(then.documents().map(({ path }) => path));
  const come = new Set(session.documents().flatMap(({ path }) => (known.has(path) ? [] : [path])));
  const before = new Map<string, string>();
  if (come.size > 0) {
    for (const path of known) before.set(fileIdentity(then.profile, path) ?? path, path);
  }
  return (path) => (come.has(path) ? (before.get(fileIdentity(session.profile, path) ?? path) ?? path) : path);
}

function goneNodes(
  session: Session,
  graph: TraceGraph,
  then: Session,
  renamed: ReadonlySet<string>,
): readonly number[] {
  const here = new Map(session.documents().map(({ path }) => [path, fileIdentity(session.profile, path)]));
  const kept = new Set(here.values());
  return then.documents().flatMap(({ path, artifactId }) => {
    if (here.has(path) || renamed.has(path) || artifactId === undefined) return [];
    // Why: where a file of the same id lay beside it then and still does, a move came to its end.
    if (kept.has(fileIdentity(session.profile, path)) && isBeside(session, then, path)) return [];
    const node = graph.named(artifactId);
    return node === undefined ? [] : [node];
  });
}

/** True when another file said then what a file that is gone said, and is still there. */
function isBeside(session: Session, then: Session, path: string): boolean {
  const identity = fileIdentity(then.profile, path);
  const text = then.source(path)?.text;
  return then
    .documents()
    .some(
      (other) =>
        other.path !== path &&
        fileIdentity(then.profile, other.path) === identity &&
        then.source(other.path)?.text === text &&
        session.source(other.path) !== undefined,
    );
}

function changedIn(graph: TraceGraph, path: string, now: string, before: string | undefined): readonly number[] {
  const whole = graph.nodeAt(path, -1);
  const trace = graph.trace(path);
  if (whole === undefined || trace === undefined) return [];
  if (before === undefined) return [whole];
  const elements = changedElements(graph, trace, now, before);
  return elements ?? [whole];
}

/** Elements with other text than before; undefined when something outside of them changed as well. */
function changedElements(
  graph: TraceGraph,
  trace: DocumentTrace,
  now: string,
  before: string,
): readonly number[] | undefined {
  const [first, last] = changedStretch(now, before);
  const nodes = new Set<number>();
  let covered = false;
  for (let at = 0; at < trace.definitions.length; at += definitionWidth) {
    const start = trace.definitions[at + definitionColumn.scopeStart] ?? 0;
    const end = trace.definitions[at + definitionColumn.scopeEnd] ?? 0;
    if (start >= last || end <= first) continue;
    const node = graph.nodeAt(trace.path, Math.max(start, trace.definitions[at + definitionColumn.start] ?? 0));
    if (node !== undefined) nodes.add(node);
    covered ||= start <= first && end >= last;
  }
  return covered ? [...nodes] : undefined;
}

/** The stretch of the text before and behind which nothing changed; never empty. */
function changedStretch(now: string, before: string): readonly [number, number] {
  const most = Math.min(now.length, before.length);
  let first = 0;
  while (first < most && now[first] === before[first]) first++;
  let same = 0;
  while (same < most - first && now.at(-1 - same) === before.at(-1 - same)) same++;
  return [first, Math.max(first + 1, now.length - same)];
}
