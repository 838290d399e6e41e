import { IplanError } from "#model/errors";
import type { Files, Hash } from "#model/ports";
import type { JournalEvent } from "#model/run";
import { chainStart, isSealed, journalVersion } from "./hash-chain.ts";

/** A journal as found on disk. */
export interface JournalContent {
  readonly path: string;
  readonly run: string;
  /** `own`: every event carries this workspace's key. `foreign`: none does; its events are shown and decide nothing. */
  readonly origin: "own" | "foreign";
  readonly events: readonly JournalEvent[];
  /** Length in bytes of the whole lines; what stands behind them was torn by a crash. */
  readonly wholeBytes: number;
  readonly torn: boolean;
}

/** How a journal is checked. Without a key every journal is foreign. */
export interface JournalKey {
  readonly key: string | undefined;
  readonly hash: Hash;
}

/**
 * Reads one journal and checks its chain; undefined when the file is missing. A torn last line is left out. Throws IplanError
 * `journal/newer-format`, or `journal/damaged` naming the line.
 */
export function readJournal(files: Files, path: string, seal: JournalKey): JournalContent | undefined {
  const bytes = files.read(path);
  if (bytes === undefined) return undefined;
  const whole = wholeLines(bytes);
  const events = whole.lines.map((line, index) => parseLine(line, path, index + 1));
  const run = runOf(path);
  const key = seal.key;
  const own = key !== undefined && events.some((event) => isSealed(event, key, seal.hash));
  if (own) checkChain(events, path, run, key, seal.hash);
  return {
    path,
    run,
    origin: own || (events.length === 0 && key !== undefined) ? "own" : "foreign",
    events,
    wholeBytes: whole.bytes,
    torn: whole.bytes < bytes.length,
  };
}

/** The run a journal file belongs to: its name without folder and extension. */
export function runOf(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1).replace(/\.ndjson$/, "");
}

const newline = 10;

/** Splits into lines. What stands behind the last newline was torn, and so were zero bytes with no line behind them. */
function wholeLines(bytes: Uint8Array): { lines: readonly string[]; bytes: number } {
  const text = new TextDecoder("utf-8");
  const end = bytes.lastIndexOf(newline) + 1;
  // Why: after a power cut the length of a file may be on disk before its content, which then reads as zeros.
  const zero = bytes.subarray(0, end).indexOf(0);
  if (zero !== -1 && !linesOf(text.decode(bytes.subarray(zero, end))).some((line) => jsonOf(line) !== undefined)) {
    const whole = bytes.subarray(0, zero).lastIndexOf(newline) + 1;
    return { lines: linesOf(text.decode(bytes.subarray(0, whole))), bytes: whole };
  }
  return { lines: linesOf(text.decode(bytes.subarray(0, end))), bytes: end };
}

function linesOf(text: string): readonly string[] {
  return text.split("\n").slice(0, -1);
}

function parseLine(line: string, path: string, number: number): JournalEvent {
  const value = jsonOf(line);
  if (!isEvent(value)) throw damaged(path, number, "is not an event");
  if (value.v > journalVersion) {
    throw new IplanError(
      "journal/newer-format",
      `${path}:${number} was written by a newer iplan (format ${value.v}, this one reads ${journalVersion})`,
      "Update iplan: npm install -g iplan@latest",
    );
  }
  return value as JournalEvent;
}

function jsonOf(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

function isEvent(value: unknown): value is { readonly v: number } {
  if (typeof value !== "object" || value === null) return false;
  const event = value as Partial<Record<keyof JournalEvent, unknown>>;
  return typeof event.v === "number" && typeof event.type === "string" && typeof event.hash === "string";
}

function checkChain(events: readonly JournalEvent[], path: string, run: string, key: string, hash: Hash): void {
  let prev = chainStart;
  for (const [index, event] of events.entries()) {
    const line = index + 1;
    if (!isSealed(event, key, hash)) throw damaged(path, line, "was changed after it was written");
    if (event.prev !== prev || event.seq !== line) throw damaged(path, line, "does not follow the line before");
    if (event.run !== run) throw damaged(path, line, `belongs to run ${event.run}`);
    prev = event.hash;
  }
}

function damaged(path: string, line: number, what: string): IplanError {
  return new IplanError(
    "journal/damaged",
    `${path}:${line} ${what}`,
    `Move the file away (mv ${path} ${path}.damaged) and run the plan again: what is done is proved by its verifications first.`,
  );
}
