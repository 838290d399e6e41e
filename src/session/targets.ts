import { IplanError } from "#model/errors";
import type { Session } from "./session.ts";

/** What a path that the user named is. */
export interface Place {
  readonly kind: "file" | "directory";
  /** Workspace-relative; empty for the root. */
  readonly path: string;
}

/**
 * What a user's word names in the file system, looked for from where they stand and from the root; undefined when nothing is there.
 * Throws `host/outside-workspace` for what lies outside.
 */
export function locate(session: Session, target: string): Place | undefined {
  const { files } = session.host;
  for (const base of [session.cwd, session.root]) {
    const real = files.realPath(target.startsWith("/") ? target : `${base}/${target}`);
    const kind = real === undefined ? undefined : files.stat(real)?.kind;
    if (real === undefined || (kind !== "file" && kind !== "directory")) continue;
    const root = files.realPath(session.root) ?? session.root;
    if (real === root) return { kind: "directory", path: "" };
    if (real.startsWith(`${root}/`)) return { kind, path: real.slice(root.length + 1) };
    throw new IplanError(
      "host/outside-workspace",
      `${target} lies outside the workspace ${session.root}.`,
      "Use --cwd to work in the workspace it belongs to.",
    );
  }
  return undefined;
}
