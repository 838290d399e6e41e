import type { LayerProfile } from "#profile/profile";
import { classifyDocument } from "./classify.ts";
import { loadIgnoreRules } from "./ignore-rules.ts";
import { registryOfType } from "./registry-documents.ts";
import type { Session } from "./session.ts";
import { walkDocuments } from "./workspace.ts";

/**
 * Ids of a type that are taken: in the workspace, on every branch and in every worktree that git knows, and in the type's index, whose
 * rows stay when a document is gone.
 */
export async function takenIds(session: Session, layer: LayerProfile): Promise<ReadonlySet<string>> {
  const taken = new Set(session.documents().flatMap(({ artifactId }) => artifactId ?? []));
  for (const id of idsOfBranches(session)) taken.add(id);
  for (const id of await idsOfWorktrees(session)) taken.add(id);
  for (const id of idsOfIndex(session, layer)) taken.add(id);
  return taken;
}

/** Why: only what lies below the documents' directory counts, as in a walk; a fixture elsewhere is no document. */
function idsOfBranches(session: Session): readonly string[] {
  const { host, root, config, profile } = session;
  const git = host.git(root);
  const rules = loadIgnoreRules(host.files, root, config.ignore);
  const below = config.docs === "." ? "" : `${config.docs.replace(/^(?:\.\/)+/u, "").replace(/\/+$/u, "")}/`;
  const paths = new Set<string>();
  for (const commit of git.tips() ?? []) for (const { path } of git.tree(commit)?.files ?? []) paths.add(path);
  return [...paths].flatMap((path) => {
    const id = path.startsWith(below) ? classifyDocument(profile, path).artifactId : undefined;
    return id === undefined || rules.ignores(path) ? [] : [id];
  });
}

async function idsOfWorktrees(session: Session): Promise<readonly string[]> {
  const { host, root, config, profile } = session;
  const ids: string[] = [];
  for (const directory of host.git(root).worktrees() ?? []) {
    if (directory === root || host.files.stat(directory)?.kind !== "directory") continue;
    const { documents } = await walkDocuments(host.files, directory, config, profile);
    for (const { artifactId } of documents) if (artifactId !== undefined) ids.push(artifactId);
  }
  return ids;
}

function idsOfIndex(session: Session, layer: LayerProfile): readonly string[] {
  const text = registryOfType(session, "index", layer)?.text ?? "";
  return text.match(new RegExp(`\\b${layer.type}-\\d{2,6}\\b`, "g")) ?? [];
}
