import { wholeBytes } from "#model/bytes";
import { binaryOf } from "#journal/redact";
import { IplanError } from "#model/errors";
import type { DirectoryEntry, Files, FileStat } from "#model/ports";

/** What was written into an overlay: contents by absolute path, in the order of their first writing. */
export interface Overlay {
  readonly files: Files;
  readonly written: ReadonlyMap<string, Uint8Array>;
}

/**
 * The files of the outside world with changes laid over them: what is written stays in memory, everything else is as it is. To see what
 * a command would do, and to do it afterwards in one go.
 */
export function createOverlay(now: Files): Overlay {
  const layer = new OverlayLayer(now);
  const read = (path: string): Uint8Array | undefined => layer.written.get(path) ?? now.read(path);
  return {
    written: layer.written,
    files: {
      read,
      readText: (path, most) => (layer.written.has(path) ? undefined : now.readText(path, most)),
      stat: (path) => layer.stat(path),
      allows: (path, access) => layer.written.has(path) || now.allows(path, access),
      list: (path) => layer.list(path),
      realPath: (path) => now.realPath(path) ?? (layer.stat(path) === undefined ? undefined : path),
      readSlice: (path, offset, length) => read(path)?.subarray(offset, offset + length),
      readBinary: (path, offset, length) => {
        const bytes = read(path)?.subarray(offset, offset + length);
        return bytes === undefined ? undefined : binaryOf(bytes);
      },
      digest: (path) => (layer.written.has(path) ? undefined : now.digest(path)),
      writeAtomic: (path, bytes) => layer.write(path, wholeBytes(bytes)),
      createExclusive(path, bytes) {
        if (layer.stat(path) !== undefined) return false;
        layer.write(path, bytes);
        return true;
      },
      // Why: a directory is there when a file is written into it.
      makeDirectory: () => undefined,
      remove: refuse,
      rename: refuse,
      openAppend: refuse,
    },
  };
}

function refuse(path: string): never {
  throw new IplanError("host/not-writable", `${path} is only looked at.`, "Run the command without --dry-run.");
}

/** Files that were written, and the directories they stand in. */
class OverlayLayer {
  readonly written = new Map<string, Uint8Array>();
  readonly #directories = new Map<string, Map<string, DirectoryEntry>>();
  readonly #now: Files;

  constructor(now: Files) {
    this.#now = now;
  }

  write(path: string, bytes: Uint8Array): void {
    this.written.set(path, bytes);
    this.#enter(path, "file");
  }

  stat(path: string): FileStat | undefined {
    const bytes = this.written.get(path);
    // Why: no file that lies on a disk has this time, so that no cache takes it for one.
    if (bytes !== undefined) return { kind: "file", size: bytes.length, mtimeMs: Number.MAX_SAFE_INTEGER, inode: 0 };
    const known = this.#now.stat(path);
    if (known !== undefined || !this.#directories.has(path)) return known;
    return { kind: "directory", size: 0, mtimeMs: 0, inode: 0 };
  }

  list(path: string): readonly DirectoryEntry[] {
    const added = this.#directories.get(path);
    if (added === undefined) return this.#now.list(path);
    const below = this.#now.stat(path) === undefined ? [] : this.#now.list(path);
    return [...below.filter(({ name }) => !added.has(name)), ...added.values()];
  }

  #enter(path: string, kind: DirectoryEntry["kind"]): void {
    const end = path.lastIndexOf("/");
    const parent = path.slice(0, Math.max(1, end));
    const known = this.#directories.get(parent);
    if (known === undefined) {
      this.#directories.set(parent, new Map());
      if (parent !== "/") this.#enter(parent, "directory");
    }
    const name = path.slice(end + 1);
    this.#directories.get(parent)?.set(name, { name, kind });
  }
}
