import type { TraceGraph } from "#graph/graph";
import { type DocumentTrace, definitionColumn, definitionWidth } from "#model/trace";
import { openRevision } from "./before.ts";
import { renamedSince } from "./renamed-files.ts";
import type { Session } from "./session.ts";

/**
 * Nodes whose text changed since a revision of git: single elements when nothing outside of them did, else the whole document.
 * What is gone counts while something still names it. Throws `usage/revision` for one that git does not know.
 */
export async function changedNodes(session: Session, graph: TraceGraph, revision: string): Promise<readonly number[]> {
  const then = await openRevision(session, revision);
  const renamed = renamedSince(session, then);
  const changed = graph.paths().flatMap((path) => {
    const [now, before] = [session.source(path)?.text, then.source(renamed.get(path) ?? path)?.text];
    return now === before ? [] : changedIn(graph, path, now ?? "", before);
  });
  return [...changed, ...goneNodes(session, graph, then, new Set(renamed.values()))];
}

function goneNodes(
  session: Session,
  graph: TraceGraph,
  then: Session,
  renamed: ReadonlySet<string>,
): readonly number[] {
  const here = new Set(session.documents().map(({ path }) => path));
  return then.documents().flatMap(({ path, artifactId }) => {
    const node = here.has(path) || renamed.has(path) || artifactId === undefined ? undefined : graph.named(artifactId);
    return node === undefined ? [] : [node];
  });
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
