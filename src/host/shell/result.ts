import { closeSync, openSync, readSync } from "node:fs";
import type { ShellExit } from "#model/run";
import type { ShellRequest, StatementResult } from "#model/ports";
import { constants } from "node:os";
import { readLatin1, type Spool, sizeOf, writeAll, writing } from "./spool.ts";

const signalNames = new Map<number, string>(Object.entries(constants.signals).map(([name, number]) => [number, name]));

/** How a shell ended, from its `$?`; `isComplete` when it told itself that it came to its end. */
export function exitOf(status: number | undefined, isComplete: boolean): ShellExit {
  if (status === undefined) return { signal: "SIGKILL" };
  const signal = isComplete ? undefined : signalNames.get(status - 128);
  return signal === undefined ? { status } : { signal };
}

/** Milliseconds since the epoch of an `EPOCHREALTIME`, whose decimal sign is the locale's. */
export function milliseconds(epochRealTime: string): number {
  return Math.round(Number(epochRealTime.replace(",", ".")) * 1000);
}

/** How a block's shell ended while no tool was there. */
export interface Ended {
  readonly pid: number;
  readonly status: number;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

/** What the keeper wrote when it had lost its tool; undefined when it wrote nothing. */
export function readEnded(spool: Spool): Ended | undefined {
  const match = /^(\d+) (\d+) (\S+)\n$/.exec(readLatin1(spool.ended) ?? "");
  if (match === null) return undefined;
  return { pid: Number(match[1]), status: Number(match[2]), at: milliseconds(match[3] ?? "") };
}

const copyBytes = 1024 * 1024;

/** Appends one file to an open one, a piece at a time. */
function appendFile(from: string, to: number): void {
  const file = openSync(from, "r");
  const buffer = Buffer.allocUnsafe(Math.min(copyBytes, Math.max(1, sizeOf(from))));
  for (let count = readSync(file, buffer); count > 0; count = readSync(file, buffer))
    writeAll(to, buffer.subarray(0, count));
  closeSync(file);
}

/** Byte ranges of each piece's output, after the pieces' own files were joined into one. */
function joinOutputs(spool: Spool, count: number): { readonly start: number; readonly end: number }[] {
  if (count <= 1) return [{ start: 0, end: sizeOf(spool.output) }];
  return writing(spool.output, () => {
    const file = openSync(spool.output, "w", 0o600);
    const ranges = Array.from({ length: count }, (_, index) => {
      const start = sizeOf(spool.output);
      appendFile(spool.outputOf(index), file);
      return { start, end: sizeOf(spool.output) };
    });
    closeSync(file);
    return ranges;
  });
}

/** Results of a verification's statements, and whether its shell came to an end of its own. */
export function readStatements(
  spool: Spool,
  request: ShellRequest,
): { readonly statements: readonly StatementResult[]; readonly isComplete: boolean } {
  const ranges = joinOutputs(spool, request.statements?.length ?? 0);
  const lines = (readLatin1(spool.statements) ?? "").split("\n");
  const statements = lines.flatMap((line) => {
    const [index, status, began, ended] = line.split(" ");
    const range = ranges[Number(index)];
    if (range === undefined || ended === undefined) return [];
    const durationMs = Math.max(0, milliseconds(ended) - milliseconds(began ?? ""));
    return [
      { index: Number(index), status: Number(status), durationMs, outputStart: range.start, outputEnd: range.end },
    ];
  });
  return { statements, isComplete: lines.some((line) => line.startsWith("end ")) };
}
