import canonicalize from "canonicalize";
import { describe, expect, it } from "vitest";
import { createMemoryHost } from "#host/memory";
import { chainStart } from "#journal/hash-chain";
import { journalFormats } from "#journal/journal-formats";
import type { JournalFormats } from "#journal/migrate";
import { readJournal } from "#journal/read-journal";
import { replay } from "#journal/replay";

const key = "ab".repeat(32);
const path = "/ws/.iplan/runs/R1.ndjson";

/** Formats of a program two releases on, in which format 1 called a verdict `judged` and format 2 called its unit `step`. */
const later: JournalFormats = {
  ...journalFormats,
  current: 3,
  migrations: {
    1: (event) => (event.type === "judged" ? { ...event, type: "verdict" } : event),
    2: ({ step, ...event }) => (step === undefined ? event : { ...event, unit: step }),
  },
};

function write(host: ReturnType<typeof createMemoryHost>, bodies: readonly Record<string, unknown>[]): string {
  let prev = chainStart;
  const lines = bodies.map((body, index) => {
    const event = { v: 1, ...body, run: "R1", seq: index + 1, at: "2026-01-01T00:00:00.000Z", prev };
    prev = host.hash.hmacSha256(key, canonicalize(event) ?? "");
    return `${JSON.stringify({ ...event, hash: prev })}\n`;
  });
  host.files.put(path, lines.join(""));
  return lines.join("");
}

const verdict = { verdict: "verified", kind: "step", reason: "passed", subject: "sha256:1", evidence: [] };

describe("a journal of an older format", () => {
  it("is read as what it means now, format by format, and stays on disk as it was sealed", () => {
    const host = createMemoryHost();
    const text = write(host, [
      { type: "judged", step: "step:1", ...verdict },
      { v: 2, type: "verdict", step: "step:2", ...verdict },
      { v: 3, type: "verdict", unit: "step:3", ...verdict },
    ]);
    const content = readJournal(host.files, path, { key, hash: host.hash }, later);
    expect(content).toMatchObject({ origin: "own", damage: [] });
    expect(content?.events).toMatchObject([
      { v: 3, type: "verdict", unit: "step:1", seq: 1 },
      { v: 3, unit: "step:2" },
      { v: 3, unit: "step:3" },
    ]);
    expect([...replay(content?.events ?? []).units.keys()]).toEqual(["step:1", "step:2", "step:3"]);
    expect(host.files.text(path)).toBe(text);
  });

  it("is still followed by its chain: an edit in the old format is found", () => {
    const host = createMemoryHost();
    const text = write(host, [
      { type: "judged", step: "step:1", ...verdict },
      { type: "judged", step: "step:2", ...verdict },
    ]);
    host.files.put(path, text.replace('"step:1"', '"step:9"'));
    const content = readJournal(host.files, path, { key, hash: host.hash }, later);
    expect(content).toMatchObject({ events: [], damage: [{ line: 1, kind: "edited" }] });
  });

  it("that nothing leads on from is refused", () => {
    const host = createMemoryHost();
    write(host, [{ v: 0, type: "verdict", unit: "step:1", ...verdict }]);
    expect(() => readJournal(host.files, path, { key, hash: host.hash }, later)).toThrow(
      /format 0, which no iplan wrote/,
    );
  });
});

describe("a journal of a newer program", () => {
  it.each([
    [
      "by its format",
      { v: 2, type: "verdict", unit: "step:1", ...verdict },
      /newer iplan \(format 2, this one reads up to 1\)/,
    ],
    ["by a type of event", { type: "dreamt", unit: "step:1" }, /newer iplan \(events of type dreamt\)/],
  ])("is refused %s, with what to do", (_name, body, words) => {
    const host = createMemoryHost();
    write(host, [body]);
    expect(() => readJournal(host.files, path, { key, hash: host.hash })).toThrow(
      expect.objectContaining({ code: "journal/newer-format", exitCode: 2, message: expect.stringMatching(words) }),
    );
  });
});
