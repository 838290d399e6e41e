import { linkPath } from "#model/relative-path";
import type { LayerProfile, Profile } from "#profile/profile";
import { directoryFor, pathFor, type PlacedDocument } from "./document-place.ts";
import type { InheritedTag } from "./inherit.ts";
import { nextId } from "./number.ts";
import { oneLineTitle, slugOfTitle } from "./slug.ts";
import type { PlanFacts } from "./plan-facts/facts.ts";
import type { Seed } from "./templates/seed.ts";
import { carried, cell } from "./templates/plan-text.ts";
import { type TemplateFile, templateFiles } from "./templates/templates.ts";

/** What a new document is made from. */
export interface NewDocumentRequest {
  readonly layer: LayerProfile;
  readonly title: string;
  readonly author: string;
  /** Local time of writing: `2026-03-01 14:05:09 CET`. */
  readonly now: string;
  /** Ids that are taken, on whatever branch; those of other types do not matter. */
  readonly taken: Iterable<string>;
  /** Documents of the workspace, of all types. */
  readonly documents: readonly PlacedDocument[];
  readonly docs: string;
}

/** A document by its names, before it is written. */
export interface NamedDraft {
  readonly id: string;
  readonly title: string;
  /** Workspace-relative path of each file, by its ending. */
  readonly paths: ReadonlyMap<string, string>;
}

/** What a new document inherits, ready to be written. */
export interface DraftSources {
  readonly tags: readonly InheritedTag[];
  /** The nearest layer first; paths are workspace-relative. */
  readonly documents: readonly { readonly id: string; readonly title?: string; readonly path: string }[];
  /** What a plan is filled with; absent where nothing is known. */
  readonly plan?: PlanFacts;
}

/** A file to be written. */
export interface DraftFile {
  /** Workspace-relative. */
  readonly path: string;
  readonly text: string;
}

/** Number and file names of the next document of a layer. Throws `usage/arguments` for a title that names nothing. */
export function nameDocument(request: NewDocumentRequest, profile: Profile): NamedDraft {
  const { layer, documents, docs, now } = request;
  const title = oneLineTitle(request.title);
  const slug = slugOfTitle(title);
  const id = nextId(profile, layer.type, request.taken);
  const directory = directoryFor(profile, layer, documents, docs);
  const paths = filesOf(request).map(
    ({ ending }) => [ending, pathFor(layer, documents, directory, ending, { id, slug, now })] as const,
  );
  return { id, title, paths: new Map(paths) };
}

function filesOf({ layer, documents }: NewDocumentRequest): readonly TemplateFile[] {
  const own = documents.filter(({ type }) => type === layer.type);
  return templateFiles(
    layer,
    own.map(({ path }) => path),
  );
}

/** The files of a new document, complete but for what only a person can say. */
export function draftDocument(
  request: NewDocumentRequest,
  profile: Profile,
  { id, title, paths }: NamedDraft,
  sources: DraftSources,
): readonly DraftFile[] {
  return filesOf(request).flatMap(({ ending, text }) => {
    const path = paths.get(ending);
    if (path === undefined) return [];
    const seed: Seed = {
      profile,
      layer: request.layer,
      id,
      title,
      author: cell(oneLineTitle(request.author)),
      now: request.now,
      path,
      stem: path.slice(path.lastIndexOf("/") + 1, -ending.length),
      tags: sources.tags,
      sources: sources.documents.map((source) => ({
        id: source.id,
        ...(source.title === undefined ? {} : { title: carried(source.title) }),
        link: linkPath(path, source.path),
      })),
      ...(sources.plan === undefined ? {} : { plan: sources.plan }),
    };
    return [{ path, text: text(seed) }];
  });
}
