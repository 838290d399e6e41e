import { decodeTraces, encodeTraces } from "#graph/trace-codec";
import type { FileStat } from "#model/ports";
import type { DocumentTrace } from "#model/trace";
import { openSealedFile, type SealedFile } from "./sealed-file.ts";
import type { Session } from "./session.ts";

/** Traces of documents that did not change since an earlier call. */
export interface TraceCache {
  /** What was read of a document when it had this size, time and inode; undefined when it is to be read. */
  get(path: string, stat: FileStat): DocumentTrace | undefined;
  put(path: string, stat: FileStat, trace: DocumentTrace): void;
  /** Writes what was put, when anything changed. What cannot be written is no error. */
  save(): void;
}

/** Why: an edit within the clock's grain after reading would leave the same time; what is younger is read again. */
export const grainMs = 2000;

/**
 * The workspace's cache of traces. It is believed only when it carries the workspace's key and was made by this version with this
 * profile; everything else, damage included, is an empty cache. Without a key, or without a folder of this program, none is written.
 */
export function openTraceCache(session: Session): TraceCache {
  const file = openSealedFile(session, "traces", session.host.hash.sha256(JSON.stringify(session.profile)));
  const known = readEntries(file);
  const entries = new Map<string, Entry>();
  let changed = false;
  return {
    get(path, stat) {
      const entry = known.get(path);
      if (entry === undefined || entry.stamp !== stampOf(stat)) return undefined;
      entries.set(path, entry);
      return entry.trace;
    },
    put(path, stat, trace) {
      changed = true;
      const isSettled = stat.mtimeMs + grainMs < session.host.clock.now();
      if (isSettled) entries.set(path, { stamp: stampOf(stat), trace });
    },
    save() {
      if (file.open && (changed || entries.size !== known.size)) writeEntries(file, entries);
    },
  };
}

interface Entry {
  readonly stamp: string;
  readonly trace: DocumentTrace;
}

function stampOf({ size, mtimeMs, inode }: FileStat): string {
  return `${size} ${mtimeMs} ${inode}`;
}

function readEntries(file: SealedFile): ReadonlyMap<string, Entry> {
  const none = new Map<string, Entry>();
  const body = file.read();
  if (body === undefined) return none;
  const traces = decodeTraces(body.subarray(body.indexOf(10) + 1));
  const stamps = traces === undefined ? [] : stampsIn(body);
  if (traces === undefined || stamps.length !== traces.length) return none;
  return new Map(traces.map((trace, index) => [trace.path, { stamp: stamps[index] ?? "", trace }]));
}

/** Why: sealed bytes are ours, but an older form of them may be something else. */
function stampsIn(body: Uint8Array): readonly string[] {
  try {
    const stamps: unknown = JSON.parse(new TextDecoder().decode(body.subarray(0, body.indexOf(10))));
    return Array.isArray(stamps) ? stamps.map(String) : [];
  } catch {
    return [];
  }
}

function writeEntries(file: SealedFile, entries: ReadonlyMap<string, Entry>): void {
  file.write(piecesOf([...entries.values()]));
}

function* piecesOf(entries: readonly Entry[]): Generator<Uint8Array> {
  yield new TextEncoder().encode(`${JSON.stringify(entries.map(({ stamp }) => stamp))}\n`);
  yield* encodeTraces(entries.map(({ trace }) => trace));
}
