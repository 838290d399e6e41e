import { IplanError } from "#model/errors";
import type { DirectoryEntry, Files, FileStat, Hash } from "#model/ports";

/** Where the workspace of a bundle seems to lie while it is read. */
export const archiveRoot = "/bundle";

/** What the files of a bundle are made of. */
export interface ArchiveContent {
  /** Bytes by workspace-relative path. */
  readonly files: ReadonlyMap<string, Uint8Array>;
  /** Digests of files that are not in it. */
  readonly declared: Readonly<Record<string, string>>;
  readonly hash: Hash;
}

/** The files of a bundle as a workspace that can only be read; nothing of it ever lies on a disk. */
export function archiveFiles({ files, declared, hash }: ArchiveContent): Files {
  const folders = foldersOf([...files.keys()]);
  const inside = (path: string): string | undefined =>
    path === archiveRoot ? "" : path.startsWith(`${archiveRoot}/`) ? path.slice(archiveRoot.length + 1) : undefined;
  const read = (path: string): Uint8Array | undefined => files.get(inside(path) ?? "");
  const stat = (path: string): FileStat | undefined => {
    const name = inside(path);
    if (name === undefined) return path === "/" ? statOf("directory", 0) : undefined;
    const bytes = files.get(name);
    if (bytes !== undefined) return statOf("file", bytes.length);
    if (folders.has(name)) return statOf("directory", 0);
    return Object.hasOwn(declared, name) ? statOf("file", 0) : undefined;
  };
  return {
    read,
    readText: () => undefined,
    stat,
    allows: (path, access) => access === "read" && stat(path) !== undefined,
    list: (path) => folders.get(inside(path) ?? path) ?? [],
    realPath: (path) => (stat(path) === undefined ? undefined : path),
    readSlice: (path, offset, length) => read(path)?.subarray(offset, offset + length),
    readBinary: (path, offset, length) => binary(read(path)?.subarray(offset, offset + length)),
    digest(path) {
      const bytes = read(path);
      return bytes === undefined ? declared[inside(path) ?? ""] : `sha256:${hash.sha256(bytes)}`;
    },
    ...unwritable,
  };
}

function statOf(kind: FileStat["kind"], size: number): FileStat {
  return { kind, size, mtimeMs: 0, inode: 0 };
}

function binary(bytes: Uint8Array | undefined): string | undefined {
  return bytes === undefined ? undefined : Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
}

/** What each folder holds, the root as the empty name. */
function foldersOf(paths: readonly string[]): ReadonlyMap<string, readonly DirectoryEntry[]> {
  const folders = new Map<string, Map<string, DirectoryEntry>>([["", new Map()]]);
  for (const path of paths) {
    const parts = path.split("/");
    for (let depth = 1; depth <= parts.length; depth++) {
      const folder = parts.slice(0, depth - 1).join("/");
      const name = parts[depth - 1] ?? "";
      const kind = depth === parts.length ? "file" : "directory";
      if (kind === "directory") makeFolder(folders, parts.slice(0, depth).join("/"));
      makeFolder(folders, folder).set(name, { name, kind });
    }
  }
  return new Map([...folders].map(([folder, entries]) => [folder, [...entries.values()].sort(byName)]));
}

function makeFolder(folders: Map<string, Map<string, DirectoryEntry>>, folder: string): Map<string, DirectoryEntry> {
  const known = folders.get(folder) ?? new Map<string, DirectoryEntry>();
  folders.set(folder, known);
  return known;
}

function byName(a: DirectoryEntry, b: DirectoryEntry): number {
  return a.name < b.name ? -1 : 1;
}

function refuse(): never {
  throw new IplanError("host/not-writable", "A bundle is only read.", "Nothing has to be done.");
}

const unwritable = {
  writeAtomic: refuse,
  createExclusive: refuse,
  remove: refuse,
  rename: refuse,
  makeDirectory: refuse,
  openAppend: refuse,
} satisfies Partial<Files>;
