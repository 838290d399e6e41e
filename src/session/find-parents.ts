import { refuseUnfitParent } from "#author/fit-parents";
import type { TraceGraph } from "#graph/graph";
import { IplanError } from "#model/errors";
import { isReserved, parseDocumentId } from "#profile/dialect";
import type { LayerProfile } from "#profile/profile";
import { findNode } from "./find-node.ts";
import type { Session } from "./session.ts";
import { locate } from "./targets.ts";
import { namedDocument } from "./workspace.ts";

/**
 * The nodes that a new document of a layer is to be made from. Throws `usage/no-such-document`, `usage/ambiguous-document`, and
 * `usage/unfit-parent` for one of a wrong layer, a template, or one that cannot be read.
 */
export async function findParents(
  session: Session,
  graph: TraceGraph,
  layer: LayerProfile,
  targets: readonly string[],
): Promise<readonly number[]> {
  const nodes: number[] = [];
  for (const target of targets) {
    refuseTemplate(session, target);
    const node = await nodeOf(session, graph, target);
    const document = graph.documentOf(node);
    const view = graph.view(document);
    const id = graph.idOf(document);
    refuseAmbiguous(graph, id);
    refuseUnfitParent(session.profile, layer, id, view?.role === "artifact" ? view.type : undefined);
    refuseBroken(session, graph, document);
    nodes.push(node);
  }
  return [...new Set(nodes)];
}

/** Why: a document that is there but cannot be read is no node, and "no such document" would be wrong. */
async function nodeOf(session: Session, graph: TraceGraph, target: string): Promise<number> {
  const wanted = target.toUpperCase();
  const unread = session
    .documents()
    .find(({ artifactId, path }) => artifactId?.toUpperCase() === wanted && graph.trace(path) === undefined);
  if (unread === undefined || graph.find(wanted) !== undefined) return findNode(session, graph, target);
  throw new IplanError(
    "usage/unfit-parent",
    `${unread.path} cannot be read; nothing can be made from it.`,
    `See what is wrong: iplan check ${unread.path}`,
  );
}

function refuseAmbiguous(graph: TraceGraph, id: string): void {
  const twins = graph.duplicateDocuments().find((one) => one.id === id);
  if (twins === undefined) return;
  throw new IplanError(
    "usage/ambiguous-document",
    `${id} may be ${twins.paths.join(" or ")}.`,
    "Give one of them another number, then make the new document.",
  );
}

function refuseTemplate(session: Session, target: string): void {
  const place = /\.[a-z]+$/iu.test(target) ? locate(session, target)?.path : undefined;
  const id = parseDocumentId(session.profile, target.toUpperCase());
  const named =
    place === undefined ? undefined : namedDocument(session.host.files, session.root, session.profile, place);
  if (named?.template !== true && (id === undefined || !isReserved(session.profile, id))) return;
  throw new IplanError(
    "usage/unfit-parent",
    `${target} is a template or an index; nothing follows from it.`,
    "Name a document with a number of its own.",
  );
}

function refuseBroken(session: Session, graph: TraceGraph, document: number): void {
  for (const path of graph.holdersOf(document)) {
    const fault = graph.trace(path)?.faults.find(({ kind }) => kind !== "tag");
    if (fault === undefined) continue;
    const line = session.source(path)?.position(fault.start).line ?? 1;
    throw new IplanError(
      "usage/unfit-parent",
      `${path}:${line} cannot be read: ${fault.message}. What it leads to is not known.`,
      `Mend it first: iplan check ${path}`,
    );
  }
}
