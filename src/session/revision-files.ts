import { binaryOf } from "#journal/redact";
import { IplanError } from "#model/errors";
import type { DirectoryEntry, Files, FileStat, GitFile, GitTree } from "#model/ports";

const cure = "It is only read: nothing can be written into a revision.";

/**
 * The files of a revision as a file system that can only be read, laid where the workspace lies; everything outside of the workspace is
 * as it is now. Contents are read from git when the first file of their ending is asked for.
 */
export function createRevisionFiles(now: Files, root: string, tree: GitTree): Files {
  const revision = new RevisionTree(root, tree);
  const pick = <Result>(path: string, then: (inside: string) => Result, else_: () => Result): Result => {
    const inside = revision.inside(path);
    return inside === undefined ? else_() : then(inside);
  };
  const read = (path: string): Uint8Array | undefined =>
    pick(
      path,
      (inside) => revision.read(inside),
      () => now.read(path),
    );
  return {
    read,
    // Why: what git gives are bytes.
    readText: () => undefined,
    allows: (path, access) =>
      pick(
        path,
        () => access === "read",
        () => now.allows(path, access),
      ),
    stat: (path) =>
      pick(
        path,
        (inside) => revision.stat(inside),
        () => now.stat(path),
      ),
    list: (path) =>
      pick(
        path,
        (inside) => revision.list(inside),
        () => now.list(path),
      ),
    realPath: (path) =>
      pick(
        path,
        (inside) => (revision.stat(inside) === undefined ? undefined : path.replace(/\/+$/u, "")),
        () => now.realPath(path),
      ),
    readSlice: (path, offset, length) => read(path)?.subarray(offset, offset + length),
    readBinary: (path, offset, length) => {
      const bytes = read(path)?.subarray(offset, offset + length);
      return bytes === undefined ? undefined : binaryOf(bytes);
    },
    digest: () => undefined,
    writeAtomic: refuse,
    createExclusive: refuse,
    remove: refuse,
    rename: refuse,
    makeDirectory: refuse,
    openAppend: refuse,
  };
}

function refuse(path: string): never {
  throw new IplanError("host/not-writable", `${path} belongs to a former revision.`, cure);
}

/** One revision's files by their path below the workspace. */
class RevisionTree {
  readonly #root: string;
  readonly #tree: GitTree;
  readonly #files = new Map<string, GitFile>();
  readonly #directories = new Map<string, Map<string, DirectoryEntry>>([["", new Map()]]);
  readonly #contents = new Map<string, Uint8Array | undefined>();
  readonly #fetched = new Set<string>();

  constructor(root: string, tree: GitTree) {
    this.#root = root;
    this.#tree = tree;
    for (const file of tree.files) {
      this.#files.set(file.path, file);
      this.#enter(file.path, file.kind);
    }
  }

  /** The path below the root, or undefined for one outside; the tool's own folder is not part of any revision. */
  inside(path: string): string | undefined {
    const plain = path.replace(/\/+$/u, "");
    if (plain === this.#root) return "";
    return plain.startsWith(`${this.#root}/`) ? plain.slice(this.#root.length + 1) : undefined;
  }

  stat(path: string): FileStat | undefined {
    const file = this.#files.get(path);
    if (file !== undefined) {
      return { kind: file.kind, size: file.size, mtimeMs: 0, inode: 0, executable: file.executable };
    }
    return this.#directories.has(path) ? { kind: "directory", size: 0, mtimeMs: 0, inode: 0 } : undefined;
  }

  list(path: string): readonly DirectoryEntry[] {
    const entries = this.#directories.get(path);
    if (entries === undefined)
      throw new IplanError("host/unreadable", `${path} is no directory of the revision.`, cure);
    return [...entries.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  /** Why: one call of git for all documents of a kind, instead of one for each. */
  read(path: string): Uint8Array | undefined {
    const file = this.#files.get(path);
    if (file === undefined || file.kind === "link") return undefined;
    const ending = endingOf(path);
    if (!this.#fetched.has(ending)) {
      this.#fetched.add(ending);
      const alike = this.#tree.files.filter((entry) => entry.kind === "file" && endingOf(entry.path) === ending);
      const contents = this.#tree.read(alike);
      for (const [index, entry] of alike.entries()) this.#contents.set(entry.path, contents[index]);
    }
    return this.#contents.get(path);
  }

  #enter(path: string, kind: DirectoryEntry["kind"]): void {
    const end = path.lastIndexOf("/");
    const parent = end < 0 ? "" : path.slice(0, end);
    const known = this.#directories.get(parent);
    if (known === undefined) {
      this.#directories.set(parent, new Map());
      this.#enter(parent, "directory");
    }
    const name = path.slice(end + 1);
    this.#directories.get(parent)?.set(name, { name, kind });
  }
}

function endingOf(path: string): string {
  const name = path.slice(path.lastIndexOf("/") + 1);
  const dot = name.lastIndexOf(".");
  return dot < 0 ? "" : name.slice(dot);
}
