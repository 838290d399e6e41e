import { wholeBytes } from "#model/bytes";
import { createHash } from "node:crypto";
import { posix } from "node:path";
import { IplanError } from "#model/errors";
import type { AppendFile, DirectoryEntry, FileStat, Files } from "#model/ports";
import type { FileText } from "#model/source";

/** A step of writing that a test can let fail. An atomic write is `write`, `sync`, `rename`. */
export interface FileOperation {
  readonly kind: "write" | "sync" | "rename" | "append" | "create" | "remove";
  readonly path: string;
  /** Counts all operations of these files from 1. */
  readonly ordinal: number;
}

/** Thrown by a fault hook to stand for the death of the process: nothing is cleaned up and it passes through unchanged. */
export class MemoryCrash extends Error {
  constructor() {
    super("the process died here");
    this.name = "MemoryCrash";
  }
}

type Entry =
  | { kind: "file"; bytes: Uint8Array; synced: number; mode: number; mtimeMs: number; inode: number }
  | { kind: "directory"; mode: number; mtimeMs: number; inode: number }
  | { kind: "link"; target: string; mtimeMs: number; inode: number };

/** Files in memory, with links, modes, faults and power cuts. */
export class MemoryFiles implements Files {
  /** Called before every step of writing; what it throws makes the step fail. */
  onOperation: ((operation: FileOperation) => void) | undefined;
  readonly #entries = new Map<string, Entry>();
  readonly #now: () => number;
  #operations = 0;
  #inodes = 0;

  constructor(now: () => number) {
    this.#now = now;
    this.#entries.set("/", this.#newDirectory(0o755));
  }

  /** Number of writing steps so far. */
  get operations(): number {
    return this.#operations;
  }

  /** Lets the Nth writing step from now on fail, with a crash or an ordinary error. */
  failAt(nth: number, how: "crash" | "error"): void {
    const at = this.#operations + nth;
    this.onOperation = (operation) => {
      if (operation.ordinal !== at) return;
      throw how === "crash" ? new MemoryCrash() : new Error("no space left on device");
    };
  }

  /** A power cut: what was appended and not synced is lost, but for its first `torn` bytes. */
  losePower(torn = 0): void {
    for (const entry of this.#entries.values()) {
      if (entry.kind !== "file") continue;
      entry.bytes = entry.bytes.slice(0, Math.min(entry.bytes.length, entry.synced + torn));
      entry.synced = entry.bytes.length;
    }
  }

  /** Puts a file there without faults. */
  put(path: string, content: string | Uint8Array, mode = 0o644): void {
    const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
    this.#place(this.#resolve(path), bytes, mode);
  }

  /** Puts a link there. */
  link(path: string, target: string): void {
    this.#makeParents(path);
    this.#entries.set(path, { kind: "link", target, mtimeMs: this.#now(), inode: ++this.#inodes });
  }

  /** A file's content as text; undefined when it is missing. */
  text(path: string): string | undefined {
    const bytes = this.read(path);
    return bytes === undefined ? undefined : new TextDecoder().decode(bytes);
  }

  /** Paths of all files, sorted. */
  paths(): readonly string[] {
    return [...this.#entries].flatMap(([path, entry]) => (entry.kind === "file" ? [path] : [])).sort();
  }

  /** Permission bits of a file or directory. */
  mode(path: string): number | undefined {
    const entry = this.#follow(path);
    return entry === undefined || entry.kind === "link" ? undefined : entry.mode;
  }

  read(path: string): Uint8Array | undefined {
    const entry = this.#follow(path);
    if (entry === undefined) return undefined;
    if (entry.kind !== "file" || (entry.mode & 0o400) === 0) throw unreadable(path);
    return entry.bytes.slice();
  }

  readText(path: string, most: number = Number.MAX_SAFE_INTEGER): FileText | undefined {
    const bytes = this.read(path);
    if (bytes === undefined || bytes.length > most) return undefined;
    const text = new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
    return text.includes("\uFFFD") ? undefined : { text, size: bytes.length };
  }

  allows(path: string, access: "read" | "write"): boolean {
    const entry = this.#entries.get(this.#resolve(path));
    if (entry === undefined) return false;
    return entry.kind !== "file" || (entry.mode & (access === "read" ? 0o400 : 0o200)) !== 0;
  }

  stat(path: string): FileStat | undefined {
    const parent = this.#resolve(posix.dirname(path));
    const entry = this.#entries.get(posix.join(parent, posix.basename(path)));
    if (entry === undefined) return undefined;
    const size = entry.kind === "file" ? entry.bytes.length : 0;
    const executable = entry.kind === "file" && (entry.mode & 0o100) !== 0;
    return { kind: entry.kind, size, mtimeMs: entry.mtimeMs, inode: entry.inode, executable };
  }

  list(path: string): readonly DirectoryEntry[] {
    const real = this.#resolve(path);
    if (this.#entries.get(real)?.kind === "file") throw unreadable(path);
    const prefix = real === "/" ? "/" : `${real}/`;
    const result: DirectoryEntry[] = [];
    for (const [name, entry] of this.#entries) {
      if (name === "/" || !name.startsWith(prefix) || name.includes("/", prefix.length)) continue;
      result.push({ name: name.slice(prefix.length), kind: entry.kind });
    }
    return result;
  }

  realPath(path: string): string | undefined {
    const real = this.#resolve(path);
    return this.#entries.has(real) ? real : undefined;
  }

  writeAtomic(path: string, bytes: Uint8Array | Iterable<Uint8Array>, mode?: number): void {
    const real = this.#resolve(path);
    const before = this.#entries.get(real);
    if (before?.kind === "directory") throw notWritable(path, "a directory is in its place");
    const temporary = `${real}.${this.#operations}.tmp`;
    this.#guarded(path, temporary, () => {
      this.#announce("write", path);
      this.#place(temporary, wholeBytes(bytes), before?.kind === "file" ? before.mode : (mode ?? 0o644));
      this.#announce("sync", path);
      this.#announce("rename", path);
      const written = this.#entries.get(temporary);
      this.#entries.delete(temporary);
      if (written !== undefined) this.#entries.set(real, written);
    });
  }

  createExclusive(path: string, bytes: Uint8Array, mode?: number): boolean {
    const real = this.#resolve(path);
    if (this.#entries.has(real)) return false;
    this.#guarded(path, undefined, () => {
      this.#announce("create", path);
      this.#place(real, bytes, mode ?? 0o644);
    });
    return true;
  }

  remove(path: string): void {
    this.#guarded(path, undefined, () => this.#announce("remove", path));
    const real = posix.join(this.#resolve(posix.dirname(path)), posix.basename(path));
    for (const name of this.#entries.keys()) {
      if (name === real || name.startsWith(`${real}/`)) this.#entries.delete(name);
    }
  }

  rename(from: string, to: string): void {
    const source = this.#resolve(from);
    const entry = this.#entries.get(source);
    if (entry?.kind !== "file") throw unreadable(from);
    this.#guarded(to, undefined, () => this.#announce("rename", to));
    const target = this.#resolve(to);
    this.#makeParents(target);
    this.#entries.delete(source);
    this.#entries.set(target, entry);
  }

  makeDirectory(path: string, mode?: number): void {
    const real = this.#resolve(path);
    const entry = this.#entries.get(real);
    if (entry?.kind === "file") throw notWritable(path, "a file is in its place");
    this.#makeParents(real);
    if (entry === undefined) this.#entries.set(real, this.#newDirectory(mode ?? 0o755));
  }

  openAppend(path: string, mode?: number): AppendFile {
    const real = this.#resolve(path);
    if (!this.#entries.has(real)) this.#place(real, new Uint8Array(0), mode ?? 0o644);
    const file = this.#entries.get(real);
    if (file?.kind !== "file") throw notWritable(path, "it is not a file");
    const sync = (): void => {
      this.#guarded(path, undefined, () => this.#announce("sync", path));
      file.synced = file.bytes.length;
    };
    const append = (bytes: Uint8Array): void => {
      this.#guarded(path, undefined, () => this.#announce("append", path));
      const joined = new Uint8Array(file.bytes.length + bytes.length);
      joined.set(file.bytes);
      joined.set(bytes, file.bytes.length);
      file.bytes = joined;
      file.mtimeMs = this.#now();
    };
    return {
      append,
      appendBinary: (text) => append(Buffer.from(text, "latin1")),
      sync,
      synced: async () => sync(),
      close: () => undefined,
    };
  }

  readSlice(path: string, offset: number, length: number): Uint8Array | undefined {
    return this.read(path)?.slice(offset, offset + length);
  }

  readBinary(path: string, offset: number, length: number): string | undefined {
    const bytes = this.readSlice(path, offset, length);
    return bytes === undefined ? undefined : Buffer.from(bytes).toString("latin1");
  }

  digest(path: string): string | undefined {
    const bytes = this.read(path);
    return bytes === undefined ? undefined : `sha256:${createHash("sha256").update(bytes).digest("hex")}`;
  }

  #announce(kind: FileOperation["kind"], path: string): void {
    this.#operations++;
    this.onOperation?.({ kind, path, ordinal: this.#operations });
  }

  #guarded(path: string, temporary: string | undefined, write: () => void): void {
    try {
      write();
    } catch (error) {
      if (error instanceof MemoryCrash) throw error;
      if (temporary !== undefined) this.#entries.delete(temporary);
      throw notWritable(path, error instanceof Error ? error.message : String(error));
    }
  }

  #place(real: string, bytes: Uint8Array, mode: number): void {
    this.#makeParents(real);
    const inode = ++this.#inodes;
    const copy = bytes.slice();
    this.#entries.set(real, { kind: "file", bytes: copy, synced: copy.length, mode, mtimeMs: this.#now(), inode });
  }

  #makeParents(path: string): void {
    const parent = posix.dirname(path);
    const entry = this.#entries.get(parent);
    if (entry?.kind === "directory") return;
    if (entry !== undefined) throw notWritable(path, `${parent} is not a directory`);
    this.#makeParents(parent);
    this.#entries.set(parent, this.#newDirectory(0o755));
  }

  #newDirectory(mode: number): Entry {
    return { kind: "directory", mode, mtimeMs: this.#now(), inode: ++this.#inodes };
  }

  #follow(path: string): Entry | undefined {
    return this.#entries.get(this.#resolve(path));
  }

  /** The path with links resolved; what is missing stays as it is named. */
  #resolve(path: string, hops = 0): string {
    let real = "/";
    for (const part of path.split("/")) {
      const next = posix.join(real, part);
      const entry = this.#entries.get(next);
      if (entry?.kind !== "link") real = next;
      else if (hops > 20) throw unreadable(path);
      else real = this.#resolve(posix.resolve(real, entry.target), hops + 1);
    }
    return real;
  }
}

function unreadable(path: string): IplanError {
  return new IplanError("host/unreadable", `${path} cannot be read as a file`, "Name a readable file.");
}

function notWritable(path: string, reason: string): IplanError {
  return new IplanError("host/not-writable", `${path} cannot be written: ${reason}`, "Make room or give write access.");
}
