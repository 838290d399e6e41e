import * as fc from "fast-check";
import { expect, it } from "vitest";
import type { Files, FileStat } from "#model/ports";
import { decodeAnswers, encodeAnswers, sameFacts, stillHold } from "../../src/session/answers.ts";

const number = fc.oneof(fc.nat(3), fc.double({ min: 0, max: 2 ** 53, noNaN: true }));
const facts: fc.Arbitrary<FileStat | undefined> = fc.option(
  fc.record(
    {
      kind: fc.constantFrom("file", "directory", "link", "other"),
      size: number,
      mtimeMs: number,
      changedMs: number,
      inode: number,
      executable: fc.boolean(),
    },
    { requiredKeys: ["kind", "size", "mtimeMs", "changedMs", "inode", "executable"] },
  ),
  { nil: undefined },
);
const path = fc.stringMatching(/^[ -~\n\u{E0}-\u{FF}\u{1F600}]{1,12}$/u);

it("hold as long as no path has other facts, and not longer", () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(path, facts, facts), { maxLength: 8 }), (rows) => {
      const before = new Map(rows.map(([name, one]) => [name, one]));
      const after = new Map(rows.map(([name, , other]) => [name, other]));
      const bytes = Buffer.concat([...encodeAnswers({ stats: before, others: new Map() })]);
      const { answers, rest } = decodeAnswers(bytes);
      expect(rest.length).toBe(0);
      const now = (stats: typeof before): Files => ({ stat: (name: string) => stats.get(name) }) as unknown as Files;
      expect(stillHold(now(before), answers)).toBe(true);
      const same = [...before].every(([name, stat]) => sameFacts(stat, after.get(name)));
      expect(stillHold(now(after), answers)).toBe(same);
    }),
  );
});

it.each<[string, Partial<FileStat>, boolean]>([
  ["nothing", {}, true],
  ["the size", { size: 2 }, false],
  ["the time of its content", { mtimeMs: 1000.0001 }, false],
  ["the time of its facts alone, as when its own time was set back", { changedMs: 3000 }, false],
  ["the inode", { inode: 8 }, false],
  ["who may execute it", { executable: true }, false],
  ["what it is", { kind: "link" }, false],
])("a file is another when its facts differ in %s", (_, change, same) => {
  const stat: FileStat = { kind: "file", size: 1, mtimeMs: 1000, changedMs: 2000, inode: 7, executable: false };
  expect(sameFacts(stat, { ...stat, ...change })).toBe(same);
});

it("a folder is the same whatever its own size and times are", () => {
  const folder: FileStat = { kind: "directory", size: 1, mtimeMs: 1, inode: 1 };
  expect(sameFacts(folder, { ...folder, size: 2, mtimeMs: 2, inode: 2 })).toBe(true);
});
