import { beforeAll, describe, expect, it } from "vitest";
import { type MemoryHost, createMemoryHost } from "#host/memory";
import { openJournal } from "#journal/journal";
import type { DamageKind } from "#journal/find-damage";
import { readPlanMemory } from "#journal/plan-record";
import { readJournal } from "#journal/read-journal";
import type { ReceiptLine } from "#model/run";
import { createRunWorld, root } from "../support/run-world.ts";
import { keyOf } from "../support/dying-world.ts";
import { action, planOf, verification } from "../support/understood.ts";

interface Scene {
  readonly host: MemoryHost;
  readonly key: string;
  readonly path: string;
  readonly lines: readonly string[];
}

const plan = planOf(
  ["one", "two"].map((word) => ({ blocks: [action(`do ${word}\nprint ${word}`), verification("check log")] })),
);

/** The journal a real run of two steps wrote. */
let scene: Scene;
beforeAll(async () => {
  const world = createRunWorld();
  await world.run(plan);
  const path = world.host.files.paths().find((each) => each.includes("/.iplan/runs/")) ?? "";
  const lines = (world.host.files.text(path) ?? "").split("\n").slice(0, -1);
  scene = { host: world.host, key: keyOf(world), path, lines };
});

/** What one does to the lines of a journal at an index, and where and as what it must be found; undefined where it cannot be done there. */
type Tampering = (
  lines: readonly string[],
  at: number,
) =>
  | { readonly lines: readonly string[]; readonly line: number; readonly seq: number; readonly kind: DamageKind }
  | undefined;

function edited(line: string, change: (event: Record<string, unknown>) => Record<string, unknown>): string {
  return JSON.stringify(change(JSON.parse(line) as Record<string, unknown>));
}

const replaced = (lines: readonly string[], at: number, line: string): string[] =>
  lines.map((each, index) => (index === at ? line : each));

const tamperings: Readonly<Record<string, Tampering>> = {
  "a member is changed": (lines, at) => ({
    lines: replaced(
      lines,
      at,
      edited(lines[at] ?? "", (event) => ({ ...event, at: "2020-01-01T00:00:00.000Z" })),
    ),
    line: at + 1,
    seq: at + 1,
    kind: "edited",
  }),
  "a member is added": (lines, at) => ({
    lines: replaced(
      lines,
      at,
      edited(lines[at] ?? "", (event) => ({ ...event, extra: true })),
    ),
    line: at + 1,
    seq: at + 1,
    kind: "edited",
  }),
  "it is forged whole, with a hash that looks right": (lines, at) => ({
    lines: replaced(
      lines,
      at,
      edited(lines[at] ?? "", (event) => ({ ...event, type: "verdict", verdict: "verified", hash: "ab".repeat(32) })),
    ),
    line: at + 1,
    seq: at + 1,
    kind: "edited",
  }),
  "it is no event any more": (lines, at) => ({
    lines: replaced(lines, at, (lines[at] ?? "").slice(0, 20)),
    line: at + 1,
    seq: at + 1,
    kind: "unreadable",
  }),
  "it is dropped": (lines, at) =>
    at === lines.length - 1 ? undefined : { lines: lines.toSpliced(at, 1), line: at + 1, seq: at + 1, kind: "missing" },
  "two are dropped": (lines, at) =>
    at >= lines.length - 2 ? undefined : { lines: lines.toSpliced(at, 2), line: at + 1, seq: at + 1, kind: "missing" },
  "a forged one is put in before it": (lines, at) => ({
    lines: lines.toSpliced(
      at,
      0,
      edited(lines[at] ?? "", (event) => ({ ...event, hash: "cd".repeat(32) })),
    ),
    line: at + 1,
    seq: at + 1,
    kind: "inserted",
  }),
  "a line of words is put in before it": (lines, at) => ({
    lines: lines.toSpliced(at, 0, "words"),
    line: at + 1,
    seq: at + 1,
    kind: "inserted",
  }),
  "it stands there twice": (lines, at) => ({
    lines: lines.toSpliced(at, 0, lines[at] ?? ""),
    line: at + 2,
    seq: at + 1,
    kind: "repeated",
  }),
  "it is repeated at the end": (lines, at) => ({
    lines: [...lines, lines[at] ?? ""],
    line: lines.length + 1,
    seq: at + 1,
    kind: "repeated",
  }),
  "it changes places with the next": (lines, at) =>
    at === lines.length - 1
      ? undefined
      : {
          lines: lines.toSpliced(at, 2, lines[at + 1] ?? "", lines[at] ?? ""),
          line: at + 1,
          seq: at + 2,
          kind: "reordered",
        },
  "it is moved to the end": (lines, at) =>
    at === lines.length - 1
      ? undefined
      : { lines: [...lines.toSpliced(at, 1), lines[at] ?? ""], line: at + 1, seq: at + 2, kind: "reordered" },
};

function readAs(lines: readonly string[]): NonNullable<ReturnType<typeof readJournal>> {
  scene.host.files.put(scene.path, lines.map((line) => `${line}\n`).join(""));
  const content = readJournal(scene.host.files, scene.path, { key: scene.key, hash: scene.host.hash });
  if (content === undefined) throw new Error("no journal");
  return content;
}

describe("tampering with any event of a real journal is found and located:", () => {
  it.each(Object.entries(tamperings))("%s", (_name, tamper) => {
    let tried = 0;
    for (const at of scene.lines.keys()) {
      const made = tamper(scene.lines, at);
      if (made === undefined) continue;
      tried += 1;
      const content = readAs(made.lines);
      const { lines: _lines, ...expected } = made;
      expect(content.damage[0], `event ${at + 1}`).toMatchObject({ path: scene.path, ...expected });
      expect(content.damage[0]?.message).toMatch(new RegExp(`^\\.iplan/runs/[^/]*:${made.line} `));
      // Only what stands before the damage is given back, and only as it was written.
      expect(content.events.map((event) => event.hash)).toEqual(
        scene.lines.slice(0, made.line - 1).map((line) => (JSON.parse(line) as { hash: string }).hash),
      );
    }
    expect(tried).toBeGreaterThan(8);
  });

  it("the whole untouched journal has no damage", () => {
    expect(readAs(scene.lines)).toMatchObject({ damage: [], torn: false });
  });

  it("the file is that of another run", () => {
    const other = `${scene.path.slice(0, -".ndjson".length)}Z.ndjson`;
    scene.host.files.put(other, `${scene.lines.join("\n")}\n`);
    const content = readJournal(scene.host.files, other, { key: scene.key, hash: scene.host.hash });
    expect(content).toMatchObject({ events: [], damage: [{ path: other, line: 1, kind: "other-run" }] });
    scene.host.files.remove(other);
  });

  it("lines of another copy are spliced on behind a shared beginning", () => {
    const host = createMemoryHost();
    const place = { path: "/ws/.iplan/runs/R1.ndjson", run: "R1", key: scene.key };
    const write = (signals: readonly string[]): string[] => {
      const { journal } = openJournal(place, host);
      for (const signal of signals) journal.append({ type: "interrupted", signal });
      journal.close();
      return (host.files.text(place.path) ?? "").split("\n").slice(0, -1);
    };
    const first = write(["a", "b", "c"]);
    host.files.put(place.path, `${first[0]}\n`);
    const second = write(["x", "y"]);
    host.files.put(place.path, [...first.slice(0, 2), second[2], ""].join("\n"));
    const content = readJournal(host.files, place.path, { key: scene.key, hash: host.hash });
    expect(content?.damage).toMatchObject([{ line: 3, seq: 3, kind: "spliced" }]);
  });

  it("its end is cut off, at a line or inside of one: the receipt knows of it, the chain does not", () => {
    const last = JSON.parse(scene.lines.at(-1) ?? "") as { run: string; seq: number; hash: string };
    const told = { ...verifiedLine, journal: `${last.run}:${last.seq}:${last.hash}` };
    const whole = `${scene.lines.join("\n")}\n`;
    for (const at of scene.lines.keys()) {
      const start = scene.lines.slice(0, at).join("\n").length + (at === 0 ? 0 : 1);
      for (const length of [start, start + 7]) {
        scene.host.files.put(scene.path, whole.slice(0, length));
        const alone = readPlanMemory(scene.host, root, plan.id, scene.key);
        expect(alone.damage).toEqual([]);
        const memory = readPlanMemory(scene.host, root, plan.id, scene.key, { told: [told] });
        expect(memory.damage).toMatchObject([{ path: scene.path, line: at + 1, seq: at + 1, kind: "truncated" }]);
        expect(memory.units.size).toBe(0);
      }
    }
  });
});

const verifiedLine: ReceiptLine = {
  v: 1,
  kind: "plan",
  unit: "plan",
  title: "A plan",
  subject: "sha256:0",
  verdict: "verified",
  evidence: [],
  actor: { kind: "person", name: "ada" },
  at: "2026-01-01T00:00:00.000Z",
  journal: "",
};

describe("a receipt is compared with the journal it names:", () => {
  const event = (type: string, nth = 0): Record<string, string> =>
    scene.lines.map((line) => JSON.parse(line) as Record<string, string>).filter((each) => each["type"] === type)[
      nth
    ] ?? {};
  const lineOf = (from: Record<string, string>, change: Partial<ReceiptLine> = {}): ReceiptLine => ({
    ...verifiedLine,
    kind: "step",
    unit: "step:1",
    subject: from["subject"] ?? "",
    reason: from["reason"] ?? "",
    at: from["at"] ?? "",
    journal: `${from["run"]}:${from["seq"]}:${from["hash"]}`,
    ...change,
  });
  const differing = (line: ReceiptLine): readonly string[] => {
    scene.host.files.put(scene.path, `${scene.lines.join("\n")}\n`);
    return readPlanMemory(scene.host, root, plan.id, scene.key, { told: [line] }).differing.map(({ reason }) => reason);
  };

  it("an honest line agrees", () => {
    expect(differing(lineOf(event("verdict")))).toEqual([]);
  });

  const rows: readonly (readonly [string, () => ReceiptLine, RegExp])[] = [
    [
      "names an event with another hash",
      () => lineOf({ ...event("verdict"), hash: "0".repeat(64) }),
      /another one here/,
    ],
    ["names an event that is no verdict", () => lineOf(event("block-started")), /event it names is block-started/],
    ["speaks of another text", () => lineOf(event("verdict"), { subject: "sha256:1" }), /another text/],
    ["has another time", () => lineOf(event("verdict"), { at: "2030-01-01T00:00:00.000Z" }), /2030/],
    ["has another reason", () => lineOf(event("verdict"), { reason: "looks fine" }), /another reason/],
    ["is called a signature", () => lineOf(event("verdict"), { kind: "signature" }), /event it names is verdict/],
  ];
  it.each(rows)("a line that %s is told", (_name, line, words) => {
    expect(differing(line())).toEqual([expect.stringMatching(words)]);
  });

  it("a line of another machine's run cannot be compared", () => {
    expect(differing(lineOf(event("verdict"), { journal: `IPLAN-9.X:3:${"0".repeat(64)}` }))).toEqual([]);
  });
});
