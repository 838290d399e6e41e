import { isAscii, isUtf8 } from "node:buffer";
import { closeSync, constants, fstatSync, openSync, readSync } from "node:fs";
import type { FileText } from "#model/source";
import { notRegular } from "./file-errors.ts";

/** Nearly all documents are smaller. */
const usualBytes = 256 * 1024;

/** Why: one buffer for all files; a new one for each is more work than to read a small file. */
let buffer = Buffer.allocUnsafeSlow(usualBytes);

/** Opens a file and tells its size. */
export function openRegularFile(path: string): { readonly file: number; readonly size: number } {
  // Why: a link may lead to a pipe or a device, where reading would wait for ever or never end; opening must not wait either.
  const file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOCTTY);
  const stats = fstatSync(file);
  if (stats.isFile()) return { file, size: stats.size };
  closeSync(file);
  throw notRegular(path);
}

/** A whole file as text; undefined when it has more than `most` bytes, and for what is not plainly UTF-8. */
export function readText(path: string, most: number = Number.MAX_SAFE_INTEGER): FileText | undefined {
  const { file, size } = openRegularFile(path);
  try {
    if (size > most) return undefined;
    const end = fill(file, size, most);
    return end > most ? undefined : decoded(end);
  } finally {
    closeSync(file);
    if (buffer.length > usualBytes) buffer = Buffer.allocUnsafeSlow(usualBytes);
  }
}

/** Reads a file of so many bytes into the buffer; returns how many there were. Why: it may grow meanwhile, or not know its size. */
function fill(file: number, size: number, most: number): number {
  let at = 0;
  reserve(size + 1, at);
  while (at <= most) {
    const room = buffer.length - at;
    const count = readSync(file, buffer, at, room, null);
    at += count;
    if (count === 0 || (count < room && at === size)) break;
    if (at === buffer.length) reserve(at * 2, at);
  }
  return at;
}

/** Makes the buffer large enough, and keeps what was read. */
function reserve(size: number, used: number): void {
  if (size <= buffer.length) return;
  const larger = Buffer.allocUnsafeSlow(size);
  buffer.copy(larger, 0, 0, used);
  buffer = larger;
}

/** Why: a character that stands for bytes that are no text cannot be told from one that was written. */
function decoded(end: number): FileText | undefined {
  const bytes = buffer.subarray(0, end);
  if (isAscii(bytes)) return { text: bytes.toString("latin1"), size: end };
  if (!isUtf8(bytes)) return undefined;
  const text = bytes.toString("utf8");
  return text.includes("\uFFFD") ? undefined : { text, size: end };
}
