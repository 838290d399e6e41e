import type { LeasePlace } from "#guide/lease-file";
import { prepareState } from "#journal/workspace-state";
import { IplanError } from "#model/errors";
import type { Files } from "#model/ports";
import type { Session } from "./session.ts";

/** What of a session finding leases takes. */
export type LeaseGround = Pick<Session, "host" | "root">;

/** Where a repository keeps what all its worktrees share, and where the workspace lies in the worktree. */
interface Shared {
  readonly directory: string;
  /** Workspace in its worktree; empty for the worktree itself. */
  readonly scope: string;
}

/**
 * Where the leases of a workspace lie: in the directory of git that all worktrees share, without git below `.iplan`. Undefined without
 * a key of this machine: then nobody took anything.
 */
export function leasePlace(session: LeaseGround): LeasePlace | undefined {
  const shared = sharedDirectory(session.host.files, session.root);
  const key = session.host.trust(shared?.directory ?? session.root).key({ create: false });
  return key === undefined ? undefined : placeOf(session, shared, key);
}

/** The same, made when it is not there. Throws `host/outside-workspace` where a link stands in the place of a folder. */
export function prepareLeasePlace(session: Session): LeasePlace {
  const shared = sharedDirectory(session.host.files, session.root);
  const key = session.host.trust(shared?.directory ?? session.root).key({ create: true });
  if (key === undefined)
    throw new IplanError("host/state-unusable", "The key for leases could not be made.", "See `iplan doctor`.");
  const place = placeOf(session, shared, key);
  if (shared === undefined) prepareState(session.host.files, session.root);
  const { files } = session.host;
  const above = place.folder.slice(0, place.folder.lastIndexOf("/"));
  for (const folder of [above, place.folder]) {
    const kind = files.stat(folder)?.kind ?? "directory";
    if (kind !== "directory") throw notOurs(folder, kind);
  }
  files.makeDirectory(place.folder);
  return place;
}

function placeOf({ root }: LeaseGround, shared: Shared | undefined, key: string): LeasePlace {
  if (shared === undefined) return { folder: `${root}/.iplan/leases`, scope: "", key };
  return { folder: `${shared.directory}/iplan/leases`, scope: shared.scope, key };
}

function notOurs(folder: string, kind: string): IplanError {
  return new IplanError(
    "host/outside-workspace",
    `${folder} is ${kind === "link" ? "a link" : "no directory"}; no lease is kept there.`,
    "Remove it: the directory is made anew.",
  );
}

/** The shared directory of the repository around a workspace, read from git's own files; undefined outside of one. */
export function sharedDirectory(files: Files, root: string): Shared | undefined {
  for (let top = root; ; top = parentOf(top)) {
    const git = gitDirectory(files, top);
    if (git !== undefined) return { directory: commonOf(files, git), scope: root.slice(top.length) };
    if (parentOf(top) === top) return undefined;
  }
}

/** Why: an archive may bring a `.git` that leads anywhere; what it leads to must look like a repository. */
function gitDirectory(files: Files, top: string): string | undefined {
  const path = `${top === "/" ? "" : top}/.git`;
  const kind = files.stat(path)?.kind;
  if (kind === "directory") return isPlainFile(files, `${path}/HEAD`) ? files.realPath(path) : undefined;
  if (kind !== "file") return undefined;
  const named = /^gitdir: (.+)$/mu.exec(textOf(files, path))?.[1]?.trim();
  const real = named === undefined ? undefined : files.realPath(absolute(named, top));
  return real !== undefined && isPlainFile(files, `${real}/HEAD`) ? real : undefined;
}

function commonOf(files: Files, git: string): string {
  const named = textOf(files, `${git}/commondir`).trim();
  const real = named === "" ? undefined : files.realPath(absolute(named, git));
  return real !== undefined && isPlainFile(files, `${real}/HEAD`) ? real : git;
}

/** Most bytes of a file in which git names a directory. */
const mostBytes = 8192;

function textOf(files: Files, path: string): string {
  if (!isPlainFile(files, path)) return "";
  return new TextDecoder("utf-8").decode(files.readSlice(path, 0, mostBytes));
}

function isPlainFile(files: Files, path: string): boolean {
  return files.stat(path)?.kind === "file";
}

function absolute(path: string, from: string): string {
  return path.startsWith("/") ? path : `${from}/${path}`;
}

function parentOf(path: string): string {
  const end = path.lastIndexOf("/");
  return end <= 0 ? "/" : path.slice(0, end);
}
