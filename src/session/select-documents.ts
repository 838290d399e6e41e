import { IplanError } from "#model/errors";
import { documentsInstead } from "./known-instead.ts";
import { allPlans } from "./plans.ts";
import type { Session } from "./session.ts";
import { locate } from "./targets.ts";
import { namedDocument, type WorkspaceDocument } from "./workspace.ts";

/** Documents a command works on. */
export interface SelectedDocuments {
  /** Sorted by path. */
  readonly documents: readonly WorkspaceDocument[];
  /** Paths that were named themselves, not found in a folder. */
  readonly named: ReadonlySet<string>;
}

/**
 * The documents that were asked for: a walk without templates, or exactly what was named. Throws `usage/no-such-plan` for the id of a
 * plan that is not there, `usage/nothing-to-check` for anything else.
 */
export function selectDocuments(session: Session, targets: readonly string[]): SelectedDocuments {
  if (targets.length === 0) return { documents: withoutTemplates(session), named: new Set() };
  const chosen = new Map<string, WorkspaceDocument>();
  const named = new Set<string>();
  for (const target of targets) {
    const found = documentsOf(session, target);
    for (const document of found.documents) {
      chosen.set(document.path, document);
      if (!found.walked) named.add(document.path);
    }
  }
  return { documents: [...chosen.values()].sort((a, b) => (a.path < b.path ? -1 : 1)), named };
}

/**
 * The same documents as another session sees them, such as that of a former revision; those it does not have are left out. `renamed`
 * tells what paths it has for those whose file was called otherwise.
 */
export function sameDocuments(
  session: Session,
  { documents, named }: SelectedDocuments,
  renamed: ReadonlyMap<string, string>,
): SelectedDocuments {
  const known = new Map(session.documents().map((document) => [document.path, document]));
  const pathThere = (path: string): string => renamed.get(path) ?? path;
  return {
    documents: documents.flatMap(({ path: here }) => {
      const path = pathThere(here);
      return known.get(path) ?? namedDocument(session.host.files, session.root, session.profile, path) ?? [];
    }),
    named: new Set([...named].map(pathThere)),
  };
}

function withoutTemplates(session: Session): readonly WorkspaceDocument[] {
  return session.documents().filter((document) => !document.template);
}

interface FoundDocuments {
  readonly documents: readonly WorkspaceDocument[];
  /** They were found in a folder, not named themselves. */
  readonly walked: boolean;
}

function documentsOf(session: Session, target: string): FoundDocuments {
  const place = locate(session, target);
  if (place?.kind === "directory") {
    const prefix = place.path === "" ? "" : `${place.path}/`;
    return {
      documents: withoutTemplates(session).filter((document) => document.path.startsWith(prefix)),
      walked: true,
    };
  }
  if (place?.kind === "file") {
    const known = session.documents().find((document) => document.path === place.path);
    const document = known ?? namedDocument(session.host.files, session.root, session.profile, place.path);
    return { documents: document === undefined ? [] : [document], walked: false };
  }
  return { documents: documentsOfId(session, target), walked: false };
}

function documentsOfId(session: Session, target: string): readonly WorkspaceDocument[] {
  const wanted = target.toUpperCase();
  const byId = session.documents().filter((document) => document.artifactId?.toUpperCase() === wanted);
  const parts =
    byId.length > 0 ? [] : (allPlans(session).find((plan) => plan.id.toUpperCase() === wanted)?.parts ?? []);
  const byPlan = session.documents().filter((document) => parts.some((part) => part.path === document.path));
  if (byId.length + byPlan.length > 0) return [...byId, ...byPlan];
  const isPlan = wanted.startsWith(`${session.profile.plan.type}-`);
  throw new IplanError(
    isPlan ? "usage/no-such-plan" : "usage/nothing-to-check",
    `There is no ${isPlan ? "plan" : "document"} ${target}; nothing was checked.`,
    documentsInstead(session, target) || "Name a file, a folder or an id; `iplan check` alone checks the workspace.",
  );
}
