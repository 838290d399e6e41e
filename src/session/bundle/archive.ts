import { joinBytes } from "#model/bytes";
import { lengthProblem, type TarHeader, tarBlock, tarHeader, tarHeaderOf } from "./tar-header.ts";

/** One file of an archive. */
export interface ArchiveFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** Where an archive is not what this program writes. */
export interface ArchiveProblem {
  /** File of the archive it is in; `archive` where it is in none. */
  readonly where: string;
  /** Byte of the archive where it begins. */
  readonly offset: number;
  readonly message: string;
}

/** An archive as read: the files before the first problem, and the problem. */
export interface ReadArchive {
  /** With the byte at which each one's content begins. */
  readonly files: readonly (ArchiveFile & { readonly offset: number })[];
  readonly problem?: ArchiveProblem;
}

/** Most files an archive may hold. */
export const mostFiles = 50_000;

/**
 * Files as one POSIX tar archive that is not compressed, so that the same files give the same bytes with every version of everything, and
 * that nothing in it can be larger than the archive itself.
 */
export function writeArchive(files: readonly ArchiveFile[]): Uint8Array {
  const pieces: Uint8Array[] = [];
  for (const { name, bytes } of files) pieces.push(...tarHeader(name, bytes.length), bytes, padding(bytes.length));
  pieces.push(new Uint8Array(2 * tarBlock));
  return joinBytes(pieces);
}

function padding(length: number): Uint8Array {
  return new Uint8Array(-length & (tarBlock - 1));
}

/**
 * Reads an archive that `writeArchive` wrote, and no other: every byte outside the contents must be the one it would write. Contents are
 * views of the given bytes; nothing is copied, inflated or written anywhere.
 */
export function readArchive(bytes: Uint8Array): ReadArchive {
  const files: (ArchiveFile & { offset: number })[] = [];
  const names = new Set<string>();
  let at = 0;
  const stop = (where: string, offset: number, message: string): ReadArchive => ({
    files,
    problem: { where, offset, message },
  });
  while (!isEnd(bytes, at)) {
    const header: TarHeader | string = tarHeaderOf(bytes, at);
    if (typeof header === "string") return stop("archive", at, header);
    const { name, size, length } = header;
    const start = at + length;
    const whole = size + padding(size).length;
    if (names.has(name)) return stop(name, at, "stands in the archive twice");
    if (files.length >= mostFiles) return stop(name, at, `is one of more than ${mostFiles} files`);
    if (start + whole > bytes.length) return stop(name, at, lengthProblem(size, bytes.length - start));
    const stray = firstByte(bytes, start + size, start + whole);
    if (stray !== undefined) return stop(name, stray, "is followed by bytes that do not belong to it");
    names.add(name);
    files.push({ name, bytes: bytes.subarray(start, start + size), offset: start });
    at = start + whole;
  }
  const end = at + 2 * tarBlock;
  if (bytes.length < end) return stop("archive", bytes.length, "ends before its end mark: it was cut off");
  if (bytes.length > end) return stop("archive", end, "goes on behind its end mark");
  return { files };
}

/** True where the end mark begins, or nothing is left. */
function isEnd(bytes: Uint8Array, at: number): boolean {
  return at >= bytes.length || firstByte(bytes, at, Math.min(bytes.length, at + 2 * tarBlock)) === undefined;
}

/** The first place in a stretch that is not zero. */
function firstByte(bytes: Uint8Array, start: number, end: number): number | undefined {
  for (let at = start; at < end; at++) if (bytes[at] !== 0) return at;
  return undefined;
}
