import type { Session } from "./session.ts";
import type { WorkspaceDocument } from "./workspace.ts";

/** The documents of a workspace as the search for registry documents needs them, put together once. */
export interface RegistryOverview {
  /** Reserved numbers, indexes and the like: only among these are registry documents. */
  readonly reserved: readonly WorkspaceDocument[];
  /** Paths of the documents of a type, those without a number of their own left out; always the same list. */
  pathsOf(type: string): readonly string[];
}

/** Why: each type is asked for twice, and looking through all documents each time takes longer than checking some of them. */
const known = new WeakMap<readonly WorkspaceDocument[], RegistryOverview>();

/** The overview of a session's documents. */
export function registryOverview(session: Session): RegistryOverview {
  const documents = session.documents();
  let overview = known.get(documents);
  if (overview === undefined) known.set(documents, (overview = createOverview(documents)));
  return overview;
}

function createOverview(documents: readonly WorkspaceDocument[]): RegistryOverview {
  const byType = new Map<string, string[]>();
  for (const { type, template, path } of documents) {
    if (type === undefined || template) continue;
    const paths = byType.get(type);
    if (paths === undefined) byType.set(type, [path]);
    else paths.push(path);
  }
  return { reserved: documents.filter(({ template }) => template), pathsOf: (type) => byType.get(type) ?? none };
}

const none: readonly string[] = [];
