import type { LostNodes, Namer, TraceGraph } from "#graph/graph";
import { openRevision } from "./before.ts";
import { changedElements } from "./changed-elements.ts";
import { fileIdentity, renamedSince } from "./renamed-files.ts";
import type { Session } from "./session.ts";
import { walkSources } from "./source-walk.ts";
import { createDocumentReader } from "./trace-documents.ts";

/** What changed since a revision. */
export interface ChangedNodes {
  readonly nodes: readonly number[];
  /** Elements that are gone, and who named them. */
  readonly lost: LostNodes;
}

/**
 * Nodes whose text changed since a revision of git: single elements when nothing outside of them did, else the whole document.
 * What is gone counts while something still names it. Throws `usage/revision` for one that git does not know.
 */
export async function changedNodes(session: Session, graph: TraceGraph, revision: string): Promise<ChangedNodes> {
  const then = await openRevision(session, revision);
  const renamed = renamedSince(session, then);
  const former = formerPaths(session, then);
  const reader = createDocumentReader(session.profile);
  const nodes: number[] = [];
  const lost = new Map<number, readonly Namer[]>();
  for (const path of graph.paths()) {
    const [now, before] = [session.source(path)?.text, then.source(renamed.get(path) ?? former(path))?.text];
    if (now === before) continue;
    const changed = await changedElements(graph, reader, path, now ?? "", before);
    nodes.push(...changed.nodes);
    for (const [node, namers] of changed.lost) lost.set(node, namers);
  }
  const known = new Set(graph.paths());
  const sources = sourcesOf(then).flatMap((path) => (known.has(path) ? [] : (graph.named(path) ?? [])));
  return { nodes: [...nodes, ...goneNodes(session, graph, then, new Set(renamed.values())), ...sources], lost };
}

/** Why: a source file goes by its path, so that one that was moved is gone for what names it. */
function sourcesOf({ host, root, config, profile }: Session): readonly string[] {
  return walkSources(host.files, root, config, profile).map(({ path }) => path);
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
    if (here.has(path) || artifactId === undefined) return [];
    // Why: a document goes by its id, wherever it lies. Where a file of the same id lay beside it then and still does, a move came to its end.
    const isKept = kept.has(fileIdentity(session.profile, path));
    if (isKept && (renamed.has(path) || isBeside(session, then, path))) return [];
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
