import { firstFollowing } from "#author/back-link";
import type { DraftFile } from "#author/new-document";
import { registryKinds } from "#author/registry/registry-document";
import { writeDocument } from "#author/write-document";
import type { TraceGraph } from "#graph/graph";
import type { Host } from "#model/ports";
import type { Finding } from "#model/finding";
import type { LayerProfile } from "#profile/profile";
import { checkDocuments } from "./checking.ts";
import { createDocument } from "./create-document.ts";
import { applyFixes } from "./fixes.ts";
import { generatedRegistry } from "./registry-documents.ts";
import { registryOf } from "./registry-entries.ts";
import { openSession, type Session } from "./session.ts";
import { settleRegistry } from "./settle-registry.ts";
import { openGraph } from "./trace-graph.ts";

/** A new document, not yet written. */
export interface FollowedDocument {
  readonly id: string;
  readonly files: readonly DraftFile[];
  readonly layer: LayerProfile;
}

/**
 * Writes a new document and all that changes for it: its parents list it, and the registry documents that are there know it. Returns what
 * could not be done, a sentence each.
 */
export async function followUp(host: Host, root: string, made: FollowedDocument): Promise<readonly string[]> {
  const before = await openSession(host, root);
  for (const { path, text } of made.files) createDocument(before, path, text);
  const session = await openSession(host, root);
  const graph = await openGraph(session);
  const node = graph.find(made.id);
  const parents = node === undefined ? [] : graph.kinship.parents(node);
  const unlisted = await listInParents(session, graph, made, parents);
  const damaged = await refreshRegistries(host, root);
  return [...unlisted, ...damaged];
}

/** The rule that finds a missing link back, whose fix writes it. */
const backLinkRule = "trace/back-link-missing";

async function listInParents(
  session: Session,
  graph: TraceGraph,
  { id, files }: FollowedDocument,
  parents: readonly number[],
): Promise<readonly string[]> {
  const paths = new Set(parents.flatMap((parent) => graph.holdersOf(parent)));
  const documents = session.documents().filter(({ path }) => paths.has(path));
  if (documents.length === 0) return [];
  const { result } = await checkDocuments(session, { documents, named: new Set() }, { whole: false, history: false });
  const asksForIt = ({ rule, cause }: Finding): boolean => rule === backLinkRule && cause === `back-link:${id}`;
  const listed = new Set(applyFixes(session, result.findings.filter(asksForIt)).map(({ path }) => path));
  const child = { id, path: files[0]?.path ?? "" };
  for (const path of paths) {
    const source = listed.has(path) ? undefined : session.source(path);
    const edit = source === undefined ? undefined : firstFollowing(source, session.profile, child);
    if (source === undefined || edit === undefined) continue;
    writeDocument(session.host.files, session.root, source, [edit]);
    listed.add(path);
  }
  return parents.flatMap((parent) => unlistedNote(graph, parent, listed, id));
}

/** Why: a feature file has no place for what follows from it, so there is nothing to say of one. */
function unlistedNote(graph: TraceGraph, parent: number, listed: ReadonlySet<string>, id: string): readonly string[] {
  const holders = graph.holdersOf(parent);
  if (holders.some((path) => listed.has(path) || path.endsWith(".feature"))) return [];
  return [
    `${holders[0] ?? graph.idOf(parent)} has no place that lists what follows from it; ${id} is not named there.`,
  ];
}

/** Why: what is new changes what the documents of layers far below lack and name. */
async function refreshRegistries(host: Host, root: string): Promise<readonly string[]> {
  const session = await openSession(host, root);
  const { layers } = session.profile;
  const kept = layers.flatMap((layer) =>
    registryKinds.flatMap((kind) => (generatedRegistry(session, kind, layer) === undefined ? [] : [{ layer, kind }])),
  );
  if (kept.length === 0) return [];
  const graph = await openGraph(session);
  const notes: string[] = [];
  for (const { layer, kind } of kept) {
    const facts = await registryOf(session, graph, layer);
    for (const { path, problem } of settleRegistry(session, layer, kind, facts, "refresh")) {
      if (problem !== undefined) notes.push(`${path} was left alone: ${problem}`);
    }
  }
  return notes;
}
