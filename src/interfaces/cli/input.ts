import { readSync } from "node:fs";
import { isTerminal } from "./output.ts";

/** More is not read: what assistants tell a hook is far smaller. */
const mostBytes = 64 * 1024 * 1024;

/** Everything on standard input as text; empty on a terminal, or where there is none. */
export function readInput(): string {
  if (isTerminal(0)) return "";
  const pieces: Buffer[] = [];
  const buffer = Buffer.allocUnsafe(64 * 1024);
  for (let total = 0; total < mostBytes; ) {
    const count = readPiece(buffer);
    if (count === 0) break;
    pieces.push(Buffer.from(buffer.subarray(0, count)));
    total += count;
  }
  return Buffer.concat(pieces).toString("utf8");
}

/** Bytes read, 0 at the end. Why: whoever made the pipe may have set it not to block; then a slow writer shows as an error. */
function readPiece(buffer: Buffer): number {
  for (;;) {
    try {
      return readSync(0, buffer);
    } catch (error) {
      if (!(error instanceof Error && "code" in error && error.code === "EAGAIN")) return 0;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 2);
    }
  }
}
