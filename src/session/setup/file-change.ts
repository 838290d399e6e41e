import type { Files } from "#model/ports";
import { createSource, type Source } from "#model/source";

/** What happens to one file. */
export type ChangeState = "create" | "update" | "remove" | "unchanged" | "kept" | "failed";

/** One file of a workspace's setup, as it is and as it should be. */
export interface FileChange {
  /** Workspace-relative path as people know it. */
  readonly path: string;
  /** What it is for, in a few words. */
  readonly what: string;
  readonly state: ChangeState;
  /** Absolute path that is written: where a link leads inside of the workspace, its target. */
  readonly target: string;
  readonly before?: Uint8Array;
  readonly after?: Uint8Array;
  /** Why it is kept, failed or unchanged. */
  readonly note?: string;
}

/** A file that may be written: its real place and what it holds. */
export interface Target {
  readonly target: string;
  /** Absent when the file does not exist. */
  readonly source?: Source;
  /** Where a link leads, workspace-relative. */
  readonly linkedTo?: string;
}

/** Larger files are left alone, in bytes. */
const largest = 4 * 1024 * 1024;

/** Where a path of the workspace really is; a sentence when it must not be written. Links inside of the workspace are followed. */
export function findTarget(files: Files, root: string, path: string): Target | string {
  const absolute = `${root}/${path}`;
  const realRoot = files.realPath(root) ?? root;
  const stat = files.stat(absolute);
  if (stat === undefined) return isBelow(files, realRoot, absolute) ? { target: absolute } : outside;
  const real = files.realPath(absolute);
  if (real === undefined) return "is a link that leads nowhere";
  if (!real.startsWith(`${realRoot}/`)) return outside;
  const realStat = files.stat(real);
  if (realStat?.kind !== "file") return "is no file";
  if (realStat.size > largest) return "is too large";
  const source = createSource(path, files.read(real) ?? new Uint8Array());
  if (source.text.includes("\0")) return "is not UTF-8 text";
  return { target: real, source, ...(stat.kind === "link" ? { linkedTo: real.slice(realRoot.length + 1) } : {}) };
}

const outside = "is or lies behind a link out of the workspace";

/** True when the nearest folder that is there lies in the workspace, links resolved. */
function isBelow(files: Files, realRoot: string, path: string): boolean {
  for (let folder = parentOf(path); folder !== ""; folder = parentOf(folder)) {
    const stat = files.stat(folder);
    if (stat === undefined) continue;
    const real = files.realPath(folder);
    return real !== undefined && files.stat(real)?.kind === "directory" && `${real}/`.startsWith(`${realRoot}/`);
  }
  return false;
}

/** The folder of an absolute path. */
export function parentOf(path: string): string {
  return path.slice(0, path.lastIndexOf("/"));
}

/** A change to a text, or none when it is the same. `after` undefined removes the file. */
export function textChange(path: string, what: string, found: Target, after: string | undefined): FileChange {
  const bytes = after === undefined ? undefined : new TextEncoder().encode(after);
  return bytesChange(path, what, found, bytes);
}

/** The same for bytes. */
export function bytesChange(path: string, what: string, found: Target, after: Uint8Array | undefined): FileChange {
  const before = found.source?.bytes;
  const state =
    before === undefined ? (after === undefined ? "unchanged" : "create") : after === undefined ? "remove" : undefined;
  return {
    path,
    what,
    target: found.target,
    state: state ?? (sameBytes(before, after) ? "unchanged" : "update"),
    ...(before === undefined ? {} : { before }),
    ...(after === undefined ? {} : { after }),
  };
}

function sameBytes(a: Uint8Array | undefined, b: Uint8Array | undefined): boolean {
  return a !== undefined && b !== undefined && a.length === b.length && a.every((byte, index) => byte === b[index]);
}

/** A file that stays as it is, and why. */
export function untouched(
  path: string,
  what: string,
  state: "unchanged" | "kept" | "failed",
  note?: string,
): FileChange {
  return { path, what, state, target: "", ...(note === undefined ? {} : { note }) };
}
