import {
  accessSync,
  chmodSync,
  closeSync,
  constants,
  type Dirent,
  fdatasync,
  fdatasyncSync,
  fstatSync,
  fsyncSync,
  linkSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  realpathSync,
  renameSync,
  rmSync,
  type Stats,
  writeSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";
import { IplanError } from "#model/errors";
import type { AppendFile, Files, FileStat, WrittenUntil } from "#model/ports";
import { crypto } from "./crypto.ts";
import { isMissing, notWritable, systemCode, unreadable } from "./file-errors.ts";
import { openRegularFile, readText } from "./text-file.ts";

const sliceBytes = 1024 * 1024;

function reading<T>(path: string, read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error instanceof IplanError ? error : unreadable(path, error);
  }
}

function writing<T>(path: string, write: () => T): T {
  try {
    return write();
  } catch (error) {
    // Why: what has no code of the system is no trouble of the disk, but of whoever makes the pieces.
    throw error instanceof IplanError || systemCode(error) === undefined ? error : notWritable(path, error);
  }
}

function openRegular(path: string): number {
  return openRegularFile(path).file;
}

function readWhole(path: string): Uint8Array {
  const file = openRegular(path);
  try {
    return readFileSync(file);
  } finally {
    closeSync(file);
  }
}

function kindOf(entry: Dirent): FileStat["kind"] {
  if (entry.isFile()) return "file";
  if (entry.isDirectory()) return "directory";
  return entry.isSymbolicLink() ? "link" : "other";
}

const kinds = new Map<number, FileStat["kind"]>([
  [constants.S_IFREG, "file"],
  [constants.S_IFDIR, "directory"],
  [constants.S_IFLNK, "link"],
]);

function writeAll(file: number, bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at);
}

/** Why: a rename is on disk only when its directory is; some file systems refuse to sync a directory, and lose nothing by it. */
function syncDirectory(path: string): void {
  try {
    const directory = openSync(path, "r");
    try {
      fsyncSync(directory);
    } finally {
      closeSync(directory);
    }
  } catch (error) {
    if (!["EINVAL", "EISDIR", "EPERM", "EACCES", "ENOTSUP"].includes(systemCode(error) ?? "")) throw error;
  }
}

let temporaries = 0;

const swept = new Set<string>();

/** Removes what writers that died left beside a file. Once per file and process: a kill between writing and renaming is rare. */
function sweepTemporaries(path: string): void {
  if (swept.has(path)) return;
  swept.add(path);
  for (const name of readdirSync(dirname(path))) {
    const pid =
      name.startsWith(`${basename(path)}.`) && /^(\d+)-\d+\.tmp$/.exec(name.slice(basename(path).length + 1))?.[1];
    if (typeof pid === "string" && !isRunning(Number(pid))) rmSync(join(dirname(path), name), { force: true });
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return systemCode(error) === "EPERM";
  }
}

/** Writes a new file beside the path, whole, and returns its name. */
function writeBeside(
  path: string,
  bytes: Uint8Array | Iterable<Uint8Array>,
  mode: number,
  until: WrittenUntil,
): string {
  mkdirSync(dirname(path), { recursive: true });
  sweepTemporaries(path);
  temporaries += 1;
  const temporary = `${path}.${process.pid}-${temporaries}.tmp`;
  const file = openSync(temporary, "wx", mode);
  try {
    for (const piece of bytes instanceof Uint8Array ? [bytes] : bytes) writeAll(file, piece);
    if (until === "synced") fsyncSync(file);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  } finally {
    closeSync(file);
  }
  return temporary;
}

function refuseLink(path: string, before: Stats | undefined): void {
  if (before?.isSymbolicLink() !== true) return;
  throw new IplanError(
    "host/outside-workspace",
    `${path} is a symbolic link, and links are not written through`,
    "Put the file itself in its place, or name the file the link points at.",
  );
}

function writeAtomic(path: string, bytes: Uint8Array | Iterable<Uint8Array>, mode: number, until: WrittenUntil): void {
  const before = lstatSync(path, { throwIfNoEntry: false });
  refuseLink(path, before);
  const temporary = writeBeside(path, bytes, before === undefined ? mode : before.mode & 0o7777, until);
  try {
    if (before !== undefined) chmodSync(temporary, before.mode & 0o7777);
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
  if (until === "synced") syncDirectory(dirname(path));
}

function createExclusive(path: string, bytes: Uint8Array, mode: number): boolean {
  const temporary = writeBeside(path, bytes, mode, "synced");
  try {
    // Why: a link appears with its whole content or not at all; a crash never leaves an empty lock.
    linkSync(temporary, path);
    return true;
  } catch (error) {
    if (systemCode(error) === "EEXIST") return false;
    throw error;
  } finally {
    rmSync(temporary, { force: true });
  }
}

function openAppend(path: string, mode: number): AppendFile {
  mkdirSync(dirname(path), { recursive: true });
  refuseLink(path, lstatSync(path, { throwIfNoEntry: false }));
  const file = openSync(path, "a", mode);
  // Why: a new file's name is on disk only when its directory is.
  if (fstatSync(file).size === 0) syncDirectory(dirname(path));
  return {
    append: (bytes) => writing(path, () => writeAll(file, bytes)),
    appendBinary: (text) => writing(path, () => writeAll(file, Buffer.from(text, "latin1"))),
    sync: () => writing(path, () => fdatasyncSync(file)),
    synced: () =>
      new Promise((resolve, reject) => {
        fdatasync(file, (error) => (error === null ? resolve() : reject(notWritable(path, error))));
      }),
    close: () => closeSync(file),
  };
}

function readSlice(path: string, offset: number, length: number): Buffer {
  const file = openRegular(path);
  try {
    const size = Math.max(0, Math.min(length, fstatSync(file).size - offset));
    const buffer = Buffer.allocUnsafe(size);
    let at = 0;
    for (let count = -1; at < size && count !== 0; at += count)
      count = readSync(file, buffer, at, size - at, offset + at);
    return buffer.subarray(0, at);
  } finally {
    closeSync(file);
  }
}

function digest(path: string): string {
  const hash = crypto().createHash("sha256");
  const file = openRegular(path);
  try {
    const buffer = Buffer.allocUnsafe(sliceBytes);
    for (let count = readSync(file, buffer); count > 0; count = readSync(file, buffer))
      hash.update(buffer.subarray(0, count));
  } finally {
    closeSync(file);
  }
  return `sha256:${hash.digest("hex")}`;
}

const quietly = { throwIfNoEntry: false } as const;

function statOf(path: string): FileStat | undefined {
  const stats = lstatSync(path, quietly);
  if (stats === undefined) return undefined;
  const { mode, size, mtimeMs, ctimeMs: changedMs, ino: inode } = stats;
  // Why: what is asked most often; the methods of Node's answer take as long as the question.
  const kind = kinds.get(mode & constants.S_IFMT) ?? "other";
  return { kind, size, mtimeMs, changedMs, inode, executable: kind === "file" && (mode & 0o100) !== 0 };
}

function isAllowed(path: string, access: "read" | "write"): boolean {
  try {
    accessSync(path, access === "read" ? constants.R_OK : constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

/** Files of this machine. */
export function createFiles(): Files {
  return {
    read: (path) => reading(path, () => readWhole(path)),
    readText: (path, most) => reading(path, () => readText(path, most)),
    stat: (path) => reading(path, () => statOf(path)),
    allows: isAllowed,
    list: (path) =>
      reading(path, () => readdirSync(path, { withFileTypes: true }))?.map((entry) => ({
        name: entry.name,
        kind: kindOf(entry),
      })) ?? [],
    realPath: (path) => reading(path, () => realpathSync.native(path)),
    writeAtomic: (path, bytes, mode = 0o666, until = "synced") =>
      writing(path, () => writeAtomic(path, bytes, mode, until)),
    createExclusive: (path, bytes, mode = 0o666) => writing(path, () => createExclusive(path, bytes, mode)),
    remove: (path) => writing(path, () => rmSync(path, { recursive: true, force: true })),
    rename(from, to) {
      writing(to, () => {
        renameSync(from, to);
        syncDirectory(dirname(to));
      });
    },
    makeDirectory: (path, mode = 0o777) => writing(path, () => void mkdirSync(path, { recursive: true, mode })),
    openAppend: (path, mode = 0o666) => writing(path, () => openAppend(path, mode)),
    readSlice: (path, offset, length) => reading(path, () => readSlice(path, offset, length)),
    readBinary: (path, offset, length) => reading(path, () => readSlice(path, offset, length))?.toString("latin1"),
    digest: (path) => reading(path, () => digest(path)),
  };
}
