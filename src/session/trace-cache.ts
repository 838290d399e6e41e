import { decodeTraces, encodeTraces } from "#graph/trace-codec";
import { IplanError } from "#model/errors";
import type { FileStat } from "#model/ports";
import type { DocumentTrace } from "#model/trace";
import type { Session } from "./session.ts";

/** Traces of documents that did not change since an earlier call. */
export interface TraceCache {
  /** What was read of a document when it had this size, time and inode; undefined when it is to be read. */
  get(path: string, stat: FileStat): DocumentTrace | undefined;
  put(path: string, stat: FileStat, trace: DocumentTrace): void;
  /** Writes what was put, when anything changed. What cannot be written is no error. */
  save(): void;
}

const folder = ".iplan/cache";
const file = `${folder}/traces`;

/** Why: an edit within the clock's grain after reading would leave the same time; such entries are read again. */
const grainMs = 2000;

/**
 * The workspace's cache of traces. It is believed only when it carries the workspace's key and was made by this version with this
 * profile; everything else, damage included, is an empty cache. Without a key, or without a folder of this program, none is written.
 */
export function openTraceCache(session: Session): TraceCache {
  const key = session.host.trust(session.root).key({ create: false });
  const known = key === undefined ? new Map<string, Entry>() : readEntries(session, key);
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
      if (key !== undefined && (changed || entries.size !== known.size)) writeEntries(session, key, entries);
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

function readEntries(session: Session, key: string): ReadonlyMap<string, Entry> {
  const none = new Map<string, Entry>();
  const bytes = isOurs(session) ? readQuietly(session) : undefined;
  const end = bytes?.indexOf(10) ?? -1;
  if (bytes === undefined || end < 0) return none;
  const body = bytes.subarray(end + 1);
  if (new TextDecoder().decode(bytes.subarray(0, end)) !== seal(session, key, body)) return none;
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

function writeEntries(session: Session, key: string, entries: ReadonlyMap<string, Entry>): void {
  if (!isOurs(session)) return;
  const all = [...entries.values()];
  const encoder = new TextEncoder();
  const stamps = encoder.encode(`${JSON.stringify(all.map(({ stamp }) => stamp))}\n`);
  const body = joined(stamps, encodeTraces(all.map(({ trace }) => trace)));
  try {
    const bytes = joined(encoder.encode(`${seal(session, key, body)}\n`), body);
    session.host.files.writeAtomic(`${session.root}/${file}`, bytes);
  } catch (error) {
    if (!(error instanceof IplanError)) throw error;
  }
}

/** The keyed digest of what was read, by which program and with which profile. */
function seal({ host, profile }: Session, key: string, body: Uint8Array): string {
  const text = JSON.stringify([
    "traces",
    host.version,
    host.hash.sha256(JSON.stringify(profile)),
    host.hash.sha256(body),
  ]);
  return host.hash.hmacSha256(key, text);
}

/** True when the folder of this program is there and no link. */
function isOurs({ host, root }: Session): boolean {
  const isPlain = (path: string): boolean => (host.files.stat(`${root}/${path}`)?.kind ?? "directory") === "directory";
  return host.files.stat(`${root}/.iplan`)?.kind === "directory" && isPlain(folder);
}

function readQuietly({ host, root }: Session): Uint8Array | undefined {
  try {
    return host.files.stat(`${root}/${file}`)?.kind === "file" ? host.files.read(`${root}/${file}`) : undefined;
  } catch (error) {
    if (error instanceof IplanError) return undefined;
    throw error;
  }
}

function joined(one: Uint8Array, other: Uint8Array): Uint8Array {
  const all = new Uint8Array(one.length + other.length);
  all.set(one);
  all.set(other, one.length);
  return all;
}
