import type { Files, Hash } from "#model/ports";
import type { JournalEvent } from "#model/run";
import { type JournalDamage, examineLines } from "./find-damage.ts";
import { isSealed } from "./hash-chain.ts";
import { journalFormats } from "./journal-formats.ts";
import { type JournalFormats, type WrittenEvent, migrateEvent } from "./migrate.ts";

/** A journal as found on disk. */
export interface JournalContent {
  readonly path: string;
  readonly run: string;
  /** `own`: events carry this workspace's key. `foreign`: none does; its events are shown and decide nothing. */
  readonly origin: "own" | "foreign";
  /** All events; where there is damage, those before it, which key and chain prove. In the present format. */
  readonly events: readonly JournalEvent[];
  /** Where an own journal is not what was written, from the first place on. */
  readonly damage: readonly JournalDamage[];
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
 * Reads one journal and follows its chain; undefined when the file is missing. A torn last line is left out. Damage is told, not thrown.
 * Throws IplanError `journal/newer-format` when an event of our key is of a format this program does not know.
 */
export function readJournal(
  files: Files,
  path: string,
  seal: JournalKey,
  formats: JournalFormats = journalFormats,
): JournalContent | undefined {
  if (isHugeAndStrange(files, path, seal)) {
    return { path, run: runOf(path), origin: "foreign", events: [], damage: [], wholeBytes: 0, torn: false };
  }
  const bytes = files.read(path);
  if (bytes === undefined) return undefined;
  const whole = wholeLines(bytes);
  const lines = whole.lines.map(eventOf);
  const run = runOf(path);
  const { key, hash } = seal;
  const content = { path, run, wholeBytes: whole.bytes, torn: whole.bytes < bytes.length };
  const isOwn = key !== undefined && lines.some((event) => event !== undefined && isSealed(event, key, hash));
  if (!isOwn) {
    const isEmpty = lines.length === 0 && key !== undefined;
    return { ...content, origin: isEmpty ? "own" : "foreign", events: [], damage: [] };
  }
  // Why: only what carries our key can be of a newer program of ours; anything else may say what it likes.
  refuseNewer(lines, { path, key, hash }, formats);
  const { proven, damage } = examineLines(lines, { path, run, key, hash });
  const events = proven.map((event) => migrateEvent(event, formats, `${path}:${event.seq}`));
  return { ...content, origin: "own", events, damage };
}

/** A larger journal is read only when its beginning carries our key, in bytes. */
const largestUnproved = 64 * 1024 * 1024;

/** Where that is looked for, in bytes. */
const beginning = 1024 * 1024;

/** Why: a repository may hold a file of any size, and reading all of it to learn that it is not ours could take all memory. */
function isHugeAndStrange(files: Files, path: string, { key, hash }: JournalKey): boolean {
  if ((files.stat(path)?.size ?? 0) <= largestUnproved) return false;
  if (key === undefined) return true;
  const text = new TextDecoder("utf-8").decode(files.readSlice(path, 0, beginning));
  return !linesOf(text).some((line) => {
    const event = eventOf(line);
    return event !== undefined && isSealed(event, key, hash);
  });
}

function refuseNewer(
  lines: readonly (WrittenEvent | undefined)[],
  { path, key, hash }: { readonly path: string; readonly key: string; readonly hash: Hash },
  formats: JournalFormats,
): void {
  for (const [index, event] of lines.entries()) {
    if (event !== undefined && event.v > formats.current && isSealed(event, key, hash))
      migrateEvent(event, formats, `${path}:${index + 1}`);
  }
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

function eventOf(line: string): WrittenEvent | undefined {
  const value = jsonOf(line);
  return isEvent(value) ? value : undefined;
}

function jsonOf(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

function isEvent(value: unknown): value is WrittenEvent {
  if (typeof value !== "object" || value === null) return false;
  const { v, seq, type, run, prev, hash } = value as Partial<WrittenEvent>;
  return [v, seq].every(Number.isSafeInteger) && [type, run, prev, hash].every((member) => typeof member === "string");
}
