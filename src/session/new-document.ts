import { draftDocument, type DraftFile, nameDocument, type NewDocumentRequest } from "#author/new-document";
import { type Inheritance, inheritedTags } from "#author/inherit";
import type { PlanFacts } from "#author/plan-facts/facts";
import type { TraceGraph } from "#graph/graph";
import { IplanError } from "#model/errors";
import { createSource } from "#model/source";
import { layerOf } from "#profile/dialect";
import type { LayerProfile, Profile } from "#profile/profile";
import { findParents } from "./find-parents.ts";
import { followUp } from "./follow-up.ts";
import { createOverlay } from "./overlay-files.ts";
import { gatherPlanFacts } from "./plan-facts.ts";
import type { PlannedFile } from "./planned-files.ts";
import type { Session } from "./session.ts";
import { takenIds } from "./taken-ids.ts";
import { writingTime } from "./times.ts";
import { openGraph } from "./trace-graph.ts";

/** What a user asked for. */
export interface NewDocumentWish {
  /** Type word, in any case. */
  readonly type: string;
  readonly title?: string;
  /** Documents or elements it is made from. */
  readonly from: readonly string[];
  /** Changes the text of what is made before it is written. */
  readonly rewrite?: (text: string, path: string, profile: Profile) => string;
}

/** A new document with everything that changes for it; nothing is written yet. */
export interface PlannedDocument {
  readonly id: string;
  /** The new files first, then sources that list it, then registry documents. */
  readonly files: readonly PlannedFile[];
  /** Ids of the documents it is made from. */
  readonly parents: readonly string[];
  /** What a person should know: what could not be inherited or listed. */
  readonly notes: readonly string[];
}

/** Works out the next document of a type. Throws IplanError `usage/…` for what cannot be made, and says why. */
export async function planDocument(session: Session, wish: NewDocumentWish): Promise<PlannedDocument> {
  const layer = layerOfWord(session, wish.type);
  const graph = await openGraph(session);
  const parents = await findParents(session, graph, layer, wish.from);
  const request = await requestOf(session, graph, layer, wish.title, parents);
  const named = nameDocument(request, session.profile);
  const inheritance = inheritedTags(graph, layer, named.id, parents);
  const plan = await planFacts(session, graph, layer, parents, inheritance);
  const drafts = draftDocument(request, session.profile, named, {
    tags: inheritance.tags,
    documents: inheritance.sources.map((node) => sourceOf(graph, node)),
    ...(plan === undefined ? {} : { plan }),
  });
  const { rewrite = (text: string) => text } = wish;
  const files = drafts.map(({ path, text }) => ({ path, text: rewrite(text, path, session.profile) }));
  const overlay = createOverlay(session.host.files);
  const notes = await followUp({ ...session.host, files: overlay.files }, session.root, { id: named.id, files, layer });
  return {
    id: named.id,
    files: plannedFiles(session, files, overlay.written),
    parents: [...new Set(parents.map((node) => graph.idOf(graph.documentOf(node))))],
    notes: [...inheritanceNotes(inheritance, wish), ...notes],
  };
}

/** What a plan is filled with. Throws `usage/unfit-parent` for several parents: a plan carries out one of them. */
async function planFacts(
  session: Session,
  graph: TraceGraph,
  layer: LayerProfile,
  parents: readonly number[],
  inheritance: Inheritance,
): Promise<PlanFacts | undefined> {
  if (layer.type !== session.profile.plan.type) return undefined;
  const ids = [...new Set(parents.map((node) => graph.idOf(graph.documentOf(node))))];
  if (ids.length < 2) return gatherPlanFacts(session, graph, parents, inheritance);
  throw new IplanError(
    "usage/unfit-parent",
    `A plan carries out one task list, not ${ids.join(" and ")}.`,
    `Make a plan for each: iplan new ${layer.type.toLowerCase()} --from ${ids[0] ?? ""}`,
  );
}

function layerOfWord({ profile }: Session, word: string): LayerProfile {
  const layer = layerOf(profile, word.toUpperCase());
  if (layer !== undefined && layer.files.length > 0 && layer.reference === "document") return layer;
  const types = profile.layers.filter((one) => one.files.length > 0 && one.reference === "document");
  throw new IplanError(
    "usage/arguments",
    `Documents of type ${word} cannot be made.`,
    `Types are ${types.map((one) => one.type.toLowerCase()).join(", ")}. A plan: iplan new iplan --title 'Rate limiter'`,
  );
}

async function requestOf(
  session: Session,
  graph: TraceGraph,
  layer: LayerProfile,
  given: string | undefined,
  parents: readonly number[],
): Promise<NewDocumentRequest> {
  const [first] = parents;
  const title = given ?? (first === undefined ? undefined : titleOf(graph, first));
  if (title === undefined) {
    throw new IplanError(
      "usage/arguments",
      "The document needs a title.",
      `iplan new ${layer.type.toLowerCase()} --title 'Rate limiter'`,
    );
  }
  const { config } = session;
  return {
    layer,
    title,
    author: session.host.machine.user,
    now: writingTime(session.host.clock).plain,
    taken: await takenIds(session, layer),
    documents: session
      .documents()
      .flatMap(({ path, type, artifactId }) =>
        type === undefined || artifactId === undefined ? [] : [{ path, type }],
      ),
    // Why: where the whole workspace may hold documents, a first one belongs in a folder of its own.
    docs: config.docs === "." ? "docs" : config.docs.replace(/^(?:\.\/)+/u, "").replace(/\/+$/u, ""),
  };
}

/** Why: what is made from one element is named after it, and what is made from a document after the document. */
function titleOf(graph: TraceGraph, node: number): string | undefined {
  return graph.view(node)?.title ?? graph.view(graph.documentOf(node))?.title;
}

function sourceOf(
  graph: TraceGraph,
  node: number,
): { readonly id: string; readonly title?: string; readonly path: string } {
  const view = graph.view(node);
  const title = view?.title;
  return { id: graph.idOf(node), path: view?.path ?? "", ...(title === undefined ? {} : { title }) };
}

/** What the overlay holds, as changes of the workspace; the tool's own folder is none of it. */
function plannedFiles(
  { host, root }: Session,
  made: readonly DraftFile[],
  written: ReadonlyMap<string, Uint8Array>,
): readonly PlannedFile[] {
  const isNew = new Set(made.map(({ path }) => path));
  return [...written].flatMap(([absolute, bytes]) => {
    const path = absolute.slice(root.length + 1);
    if (path.startsWith(".iplan/")) return [];
    const before = isNew.has(path) ? undefined : host.files.read(absolute);
    return [{ path, bytes, ...(before === undefined ? {} : { before: createSource(path, before) }) }];
  });
}

function inheritanceNotes({ missing }: Inheritance, { from }: NewDocumentWish): readonly string[] {
  if (from.length === 0 || missing.length === 0) return [];
  return [
    `${from.join(", ")} leads to no ${missing.join(", ")}: complete its tags, or fill in those of the new document.`,
  ];
}
