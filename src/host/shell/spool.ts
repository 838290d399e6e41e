import { closeSync, fsyncSync, linkSync, openSync, readFileSync, renameSync, statSync, writeSync } from "node:fs";
import { join } from "node:path";
import { IplanError } from "#model/errors";
import { notWritable } from "../file-errors.ts";

/** Files of one block in its private directory. */
export interface Spool {
  readonly path: string;
  readonly output: string;
  /** State the block started from, when it began a session. */
  readonly start: string;
  readonly state: string;
  /** Pid, status and end time, written by the keeper when its tool had died. */
  readonly ended: string;
  /** Results of a verification's statements, one line each. */
  readonly statements: string;
  /** Present when the state could not be restored. */
  readonly unusable: string;
  /** Present when the commands that establish an action's session are done. */
  readonly established: string;
  outputOf(index: number): string;
}

/** Names of the files in a block's directory. */
export function spoolAt(path: string): Spool {
  return {
    path,
    output: join(path, "output"),
    start: join(path, "start"),
    state: join(path, "state"),
    ended: join(path, "ended"),
    statements: join(path, "statements"),
    unusable: join(path, "unusable"),
    established: join(path, "established"),
    outputOf: (index) => join(path, `output.${index}`),
  };
}

/** When the directory's block began, in milliseconds since the epoch. */
export function beginOf(spool: Spool): number {
  const stats = statSync(spool.output, { throwIfNoEntry: false });
  if (stats === undefined) return Date.now();
  return stats.birthtimeMs > 0 ? stats.birthtimeMs : stats.ctimeMs;
}

/** Creates or empties a file only its owner can read. Throws IplanError `host/not-writable`. */
export function writePrivate(path: string, text: string, encoding: "utf8" | "latin1" = "utf8"): void {
  writing(path, () => {
    const file = openSync(path, "w", 0o600);
    try {
      writeAll(file, Buffer.from(text, encoding));
    } finally {
      closeSync(file);
    }
  });
}

/** Writes a private file in one step: after a power cut it is there whole, or not at all. Throws IplanError `host/not-writable`. */
export function writeDurably(path: string, text: string): void {
  writing(path, () => {
    const file = openSync(`${path}.new`, "w", 0o600);
    try {
      writeAll(file, Buffer.from(text, "latin1"));
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(`${path}.new`, path);
  });
}

/** Writes all of it: on a disk that fills up a write may take only the first part of what it is given. */
export function writeAll(file: number, bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at);
}

/** Does something with a private file; what the system refuses is told as `host/not-writable`. */
export function writing<T>(path: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw error instanceof IplanError ? error : notWritable(path, error);
  }
}

/** Gives a file a second name; false when the file system cannot. */
export function tryLink(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch {
    return false;
  }
}

/** The file's bytes as latin1, or undefined when it cannot be read. */
export function readLatin1(path: string): string | undefined {
  try {
    return readFileSync(path, "latin1");
  } catch {
    return undefined;
  }
}

/** Size in bytes, 0 when the file is missing. */
export function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}
