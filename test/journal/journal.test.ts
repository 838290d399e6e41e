import canonicalize from "canonicalize";
import * as fc from "fast-check";
import { beforeEach, describe, expect, it } from "vitest";
import { type MemoryHost, createMemoryHost } from "#host/memory";
import { chainStart } from "#journal/hash-chain";
import { openJournal } from "#journal/journal";
import { readJournal } from "#journal/read-journal";
import { emptyRun } from "#journal/run-state";
import { applyEvent, replay } from "#journal/replay";
import type { JournalEvent, JournalEventBody } from "#model/run";

const key = "ab".repeat(32);
const path = "/ws/.iplan/runs/R1.ndjson";
const actor = { kind: "person", name: "tester@memory" } as const;

const started: JournalEventBody = {
  type: "run-started",
  plan: "IPLAN-001",
  path: "p.md",
  planHash: "sha256:0",
  actor,
  tool: "0",
  approved: "stored:0",
};

const bodies: readonly JournalEventBody[] = [
  started,
  { type: "block-started", unit: "step:1", block: "sha256:1", role: "action", attempt: 1, risk: "read", spool: "/s/1" },
  { type: "block-running", unit: "step:1", block: "sha256:1", attempt: 1, pid: 7, processStart: "70" },
  { type: "interrupted", signal: "SIGINT — «naïve» ❌" },
];

let host: MemoryHost;
beforeEach(() => {
  host = createMemoryHost();
});

const seal = (): { key: string; hash: MemoryHost["hash"] } => ({ key, hash: host.hash });

function write(
  events: readonly JournalEventBody[],
  place: { path: string; run: string } = { path, run: "R1" },
): readonly JournalEvent[] {
  const { journal, events: before } = openJournal({ ...place, key }, host);
  const written = events.map((body) => journal.append(body));
  journal.sync();
  journal.close();
  return [...before, ...written];
}

describe("a journal", () => {
  it("gives back what was appended, in order and chained", () => {
    const written = write(bodies);
    const content = readJournal(host.files, path, seal());
    expect(content).toMatchObject({ origin: "own", torn: false, run: "R1" });
    expect(content?.events).toEqual(written);
    expect(written.map((event) => event.seq)).toEqual([1, 2, 3, 4]);
    expect(written[2]?.prev).toBe(written[1]?.hash);
  });

  it("goes on behind the last event when it is opened again", () => {
    const first = write(bodies.slice(0, 2));
    const all = write(bodies.slice(2));
    expect(all.slice(0, 2)).toEqual(first);
    expect(readJournal(host.files, path, seal())?.events).toEqual(all);
  });

  it("is undefined where there is no file", () => {
    expect(readJournal(host.files, "/ws/.iplan/runs/none.ndjson", seal())).toBeUndefined();
  });

  it("of a huge size is read only when its beginning carries the key", () => {
    const huge = 65 * 1024 * 1024;
    const grow = (): void => {
      const begun = host.files.read(path) ?? new Uint8Array();
      const bytes = new Uint8Array(huge);
      bytes.set(begun);
      host.files.put(path, bytes);
    };
    grow();
    expect(readJournal(host.files, path, seal())).toMatchObject({ origin: "foreign", events: [] });
    expect(readJournal(host.files, path, { key: undefined, hash: host.hash })).toMatchObject({ origin: "foreign" });
    host.files.put(path, "");
    const all = write(bodies);
    grow();
    expect(readJournal(host.files, path, seal())).toMatchObject({ origin: "own", events: all, torn: true });
  });

  it("recovers every whole line when it was torn at any byte", () => {
    const events = write(bodies);
    const bytes = host.files.read(path) ?? new Uint8Array();
    const ends = [...bytes.keys()].filter((at) => bytes[at] === 10);
    for (let length = 0; length < bytes.length; length++) {
      host.files.put(path, bytes.slice(0, length));
      const whole = ends.filter((end) => end < length).length;
      const content = readJournal(host.files, path, seal());
      expect(content?.events).toEqual(events.slice(0, whole));
      const again = write([{ type: "interrupted", signal: "again" }]);
      expect(again.length).toBe(whole + 1);
      expect(readJournal(host.files, path, seal())).toMatchObject({ torn: false, events: again });
    }
  });

  it("takes a stretch of zeros at the end for torn, as a power cut leaves it", () => {
    const events = write(bodies);
    const bytes = host.files.read(path) ?? new Uint8Array();
    const padded = new Uint8Array(bytes.length + 300);
    padded.set(bytes);
    padded[padded.length - 1] = 10;
    host.files.put(path, padded);
    expect(readJournal(host.files, path, seal())).toMatchObject({ torn: true, events });
  });

  it("names the line when any single byte inside was changed", () => {
    write(bodies);
    const bytes = host.files.read(path) ?? new Uint8Array();
    const line = (at: number): number => bytes.slice(0, at).filter((byte) => byte === 10).length + 1;
    fc.assert(
      fc.property(fc.nat(bytes.length - 2), fc.integer({ min: 1, max: 255 }), (at, flip) => {
        const changed = bytes.slice();
        changed[at] = (changed[at] ?? 0) ^ flip;
        host.files.put(path, changed);
        const content = readJournal(host.files, path, seal());
        const first = content?.damage[0];
        // A changed byte may only go unseen where it cuts the file off: never in an event that is given back.
        expect(content?.events.length).toBeLessThan(bodies.length);
        if (first === undefined) expect(content?.torn).toBe(true);
        else expect(Math.abs(first.line - line(at))).toBeLessThanOrEqual(1);
      }),
      { numRuns: 400 },
    );
  });

  it("shows a journal of another key as foreign and never appends to it", () => {
    write(bodies);
    const other = { key: "cd".repeat(32), hash: host.hash };
    expect(readJournal(host.files, path, other)).toMatchObject({ origin: "foreign" });
    expect(readJournal(host.files, path, { key: undefined, hash: host.hash })).toMatchObject({ origin: "foreign" });
    expect(() => openJournal({ path, run: "R1", key: other.key }, host)).toThrow(
      expect.objectContaining({ code: "journal/damaged" }),
    );
  });

  it("refuses events of a newer format that carry its key, and takes any other for foreign", () => {
    const newer = { v: 2, type: "x", run: "R1", seq: 1, prev: chainStart, at: "2026-01-01T00:00:00.000Z" };
    const hash = host.hash.hmacSha256(key, canonicalize(newer) ?? "");
    host.files.put(path, `${JSON.stringify({ ...newer, hash })}\n`);
    expect(() => readJournal(host.files, path, seal())).toThrow(
      expect.objectContaining({ code: "journal/newer-format" }),
    );
    host.files.put(path, `${JSON.stringify({ ...newer, hash: "0" })}\n`);
    expect(readJournal(host.files, path, seal())).toMatchObject({ origin: "foreign", events: [] });
  });

  it("writes nothing behind an append that failed", () => {
    const { journal } = openJournal({ path, run: "R1", key }, host);
    journal.append(started);
    host.files.failAt(1, "error");
    expect(() => journal.append(started)).toThrow();
    host.files.onOperation = undefined;
    expect(() => journal.append(started)).toThrow();
    expect(readJournal(host.files, path, seal())?.events.length).toBe(1);
  });

  it("has on disk what was appended before it was asked to, and not what came meanwhile", async () => {
    const { journal } = openJournal({ path, run: "R1", key }, host);
    journal.append(started);
    const synced = journal.synced();
    journal.append(started);
    await synced;
    host.files.losePower();
    expect(readJournal(host.files, path, seal())?.events.length).toBe(1);
  });

  it("waits for the disk also while an earlier wait goes on", () => {
    const { journal } = openJournal({ path, run: "R1", key }, host);
    journal.append(started);
    void journal.synced();
    const before = host.files.operations;
    journal.sync();
    expect(host.files.operations).toBe(before + 1);
  });

  it("writes nothing behind a disk that refused", async () => {
    const { journal } = openJournal({ path, run: "R1", key }, host);
    journal.append(started);
    host.files.failAt(1, "error");
    await expect(journal.synced()).rejects.toThrow();
    host.files.onOperation = undefined;
    expect(() => journal.append(started)).toThrow();
    await expect(journal.synced()).rejects.toThrow();
  });

  it("redacts free text and mends what is not well-formed before it seals", () => {
    const redact = (text: string): string => text.replaceAll("hunter2", "[redacted]");
    const { journal } = openJournal({ path, run: "R1", key, redact }, host);
    journal.append({ type: "note", kind: "decision", text: "use hunter2 \uD800", actor });
    journal.sync();
    expect(host.files.text(path)).not.toContain("hunter2");
    expect(readJournal(host.files, path, seal())?.events[0]).toMatchObject({ text: "use [redacted] \uFFFD" });
  });
});

describe("replay", () => {
  it("of nothing is the empty run", () => {
    expect(replay([])).toBe(emptyRun);
  });

  it("gives the same state event by event as all at once", () => {
    const events = write(bodies);
    const states = events.map((_, index) => replay(events.slice(0, index + 1)));
    expect(events.reduce(applyEvent, emptyRun)).toEqual(states.at(-1));
    expect(states[1]?.open).toMatchObject({ unit: "step:1", role: "action" });
    expect(states[2]?.open?.process).toEqual({ pid: 7, startTime: "70" });
  });
});
