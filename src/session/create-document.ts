import { IplanError } from "#model/errors";
import type { Session } from "./session.ts";

/**
 * Writes a document that must not exist yet, with the folders it needs. Throws `usage/exists` when something is there, and
 * `host/outside-workspace` when a folder of its path leads out.
 */
export function createDocument(session: Session, path: string, content: string | Uint8Array): void {
  const absolute = `${session.root}/${path}`;
  refuseLinkedFolder(session.host.files, session.root, absolute);
  const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
  session.host.files.makeDirectory(absolute.slice(0, absolute.lastIndexOf("/")));
  if (session.host.files.createExclusive(absolute, bytes, 0o644)) return;
  throw new IplanError(
    "usage/exists",
    `${path} exists already; nothing was written.`,
    "Wait a second, or give another title.",
  );
}

function refuseLinkedFolder(files: { realPath(path: string): string | undefined }, root: string, path: string): void {
  const realRoot = files.realPath(root) ?? root;
  for (
    let folder = path.slice(0, path.lastIndexOf("/"));
    folder.length > root.length;
    folder = folder.slice(0, folder.lastIndexOf("/"))
  ) {
    const real = files.realPath(folder);
    if (real === undefined) continue;
    if (real === realRoot || real.startsWith(`${realRoot}/`)) return;
    throw new IplanError(
      "host/outside-workspace",
      `${folder} leads out of the workspace; nothing was written.`,
      "Replace the link by a directory.",
    );
  }
}
