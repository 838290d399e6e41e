import { fstatSync, statSync, writeSync } from "node:fs";
import { IplanError } from "#model/errors";

/** One of the process's two outputs. */
export interface Output {
  readonly isTerminal: boolean;
  /** Of a terminal that tells them. */
  readonly columns: number | undefined;
  /**
   * Returns when everything is written. A reader that went away, as in `iplan … | head`, is no error of ours. Throws `RefusedOutput` where
   * standard output takes no more; standard error carries no result, so what it refuses is lost and nothing else.
   */
  write(text: string | Uint8Array): void;
}

/** Standard output is refused: its disk is full, say. There is no use in printing there again. */
export class RefusedOutput extends IplanError {
  constructor(code: string) {
    super(
      "host/not-writable",
      `What iplan prints cannot be written to standard output (${code}).`,
      "Make room on the disk, or send standard output elsewhere.",
    );
  }
}

/** True when a descriptor is a terminal. Why: asking Node loads its network modules, so files, pipes and `/dev/null` are told apart first. */
export function isTerminal(descriptor: number): boolean {
  try {
    const stats = fstatSync(descriptor);
    if (!stats.isCharacterDevice() || stats.rdev === statSync("/dev/null").rdev) return false;
    return process.getBuiltinModule("node:tty").isatty(descriptor);
  } catch {
    // Why: a process may be started with a descriptor closed.
    return false;
  }
}

/** Opens standard output or standard error. Files and pipes are written directly: Node's streams take 4 ms to load. */
export function openOutput(descriptor: 1 | 2): Output {
  if (!isTerminal(descriptor))
    return { isTerminal: false, columns: undefined, write: (text) => writeAll(descriptor, bytesOf(text)) };
  const stream = descriptor === 1 ? process.stdout : process.stderr;
  stream.on("error", (error) => {
    if (descriptor === 1 && !isClosed(error)) throw error;
  });
  return { isTerminal: true, columns: stream.columns, write: (text) => void stream.write(text) };
}

function bytesOf(text: string | Uint8Array): Uint8Array {
  return typeof text === "string" ? Buffer.from(text) : text;
}

function writeAll(descriptor: 1 | 2, bytes: Uint8Array): void {
  let at = 0;
  while (at < bytes.length) {
    try {
      at += writeSync(descriptor, bytes, at);
    } catch (error) {
      if (isBusy(error)) pause();
      else if (isClosed(error) || descriptor === 2) return;
      else throw new RefusedOutput(codeOf(error));
    }
  }
}

/** Why: whoever made the pipe may have set it not to block; then a slow reader shows as an error. */
function pause(): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 2);
}

function isClosed(error: unknown): boolean {
  return ["EPIPE", "EBADF"].includes(codeOf(error));
}

function isBusy(error: unknown): boolean {
  return codeOf(error) === "EAGAIN";
}

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "";
}
