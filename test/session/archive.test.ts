import { spawnSync } from "node:child_process";
import { assert, property, record, stringMatching, uint8Array, uniqueArray } from "fast-check";
import { describe, expect, it } from "vitest";
import { type ArchiveFile, readArchive, writeArchive } from "#session/bundle/archive";

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
const file = (name: string, text = ""): ArchiveFile => ({ name, bytes: bytesOf(text) });
const names = (bytes: Uint8Array): readonly string[] => readArchive(bytes).files.map(({ name }) => name);

/** An archive with a header that says something else; its checksum is made right again. */
function withHeader(bytes: Uint8Array, at: number, change: (header: Uint8Array) => void): Uint8Array {
  const copy = bytes.slice();
  const header = copy.subarray(at, at + 512);
  change(header);
  header.set(bytesOf("        "), 148);
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.set(bytesOf(`${sum.toString(8).padStart(6, "0")}\0 `), 148);
  return copy;
}

const named = (name: string) => (header: Uint8Array) => {
  header.fill(0, 0, 100);
  header.set(bytesOf(name));
};
const sized = (octal: string) => (header: Uint8Array) => header.set(bytesOf(octal), 124);

describe("an archive", () => {
  const fileArbitrary = record({
    name: stringMatching(/^[a-zé]{1,60}(?:\/[a-z._-]{1,80}x){0,3}$/),
    bytes: uint8Array({ maxLength: 1500 }),
  });

  it("gives back what was written, whatever the names and lengths are", () => {
    assert(
      property(uniqueArray(fileArbitrary, { selector: ({ name }) => name, maxLength: 6 }), (files) => {
        const read = readArchive(writeArchive(files));
        expect(read.problem).toBeUndefined();
        expect(read.files.map(({ name, bytes }) => ({ name, bytes: [...bytes] }))).toEqual(
          files.map(({ name, bytes }) => ({ name, bytes: [...bytes] })),
        );
      }),
    );
  });

  it("is told from one in which any byte outside the contents was changed", () => {
    const files = [file("a.txt", "one"), file(`${"long/".repeat(30)}b.txt`, "two"), file("c.txt", "")];
    const bytes = writeArchive(files);
    const inside = readArchive(bytes).files.map(({ offset, bytes: { length } }) => [offset, offset + length] as const);
    for (let at = 0; at < bytes.length; at++) {
      if (inside.some(([start, end]) => at >= start && at < end)) continue;
      const changed = bytes.slice();
      changed[at] = (changed[at] ?? 0) ^ 1;
      const { problem } = readArchive(changed);
      // Why: the name in the record of a long name is a content of its own; a manifest tells another one from it.
      if (problem === undefined) expect(names(changed)).not.toEqual(names(bytes));
      else expect(problem.offset).toBeLessThanOrEqual(at);
    }
  });

  it("is told from one that ends early, wherever it was cut", () => {
    const bytes = writeArchive([file("a.txt", "one"), file("b.txt", "two")]);
    for (let length = 0; length < bytes.length; length++)
      expect(readArchive(bytes.subarray(0, length)).problem?.message).toMatch(/cut off/);
  });

  const two = writeArchive([file("a.txt", "one"), file("b.txt", "two")]);
  it.each([
    ["two files of one name", withHeader(two, 1024, named("a.txt")), "stands in the archive twice"],
    ["a name that leads up", withHeader(two, 1024, named("../b.txt")), "leads out of it"],
    ["an absolute name", withHeader(two, 1024, named("/etc/passwd")), "leads out of it"],
    ["a name with a backslash", withHeader(two, 1024, named("..\\b.txt")), "leads out of it"],
    ["a name with a control character", withHeader(two, 1024, named("b\u001b[31m.txt")), "leads out of it"],
    [
      "a size beyond the archive",
      withHeader(two, 1024, sized("77777777777")),
      "are left: the archive was cut off, or the size is a lie",
    ],
    ["a size that is no number", withHeader(two, 1024, sized("9z")), "does not say how long its file is"],
    ["a link", withHeader(two, 1024, (header) => header.set(bytesOf("2"), 156)), "did not write"],
    ["an owner", withHeader(two, 1024, (header) => header.set(bytesOf("0001750"), 108)), "did not write"],
    [
      "a record that is no name",
      withHeader(two, 1024, (header) => header.set(bytesOf("x"), 156)),
      "holds a record that is no name",
    ],
    [
      "a record of a huge name",
      withHeader(two, 1024, (header) => header.set(bytesOf("x"), 156) ?? sized("00007777777")(header)),
      "holds a name that is too long",
    ],
    ["bytes behind its end", new Uint8Array([...two, 1]), "goes on behind its end mark"],
    ["a whole archive behind its end", new Uint8Array([...two, ...two]), "goes on behind its end mark"],
  ])("with %s is refused at that place", (_title, bytes, message) => {
    const { problem } = readArchive(bytes);
    expect(problem?.message).toContain(message);
    expect(problem?.offset).toBeGreaterThanOrEqual(1024);
  });

  it("is one that tar lists too", () => {
    const long = `${"long/".repeat(30)}b.txt`;
    const input = writeArchive([file("a.txt", "one"), file(long, "two"), file("c.txt")]);
    const { stdout, status } = spawnSync("tar", ["-tf", "-"], { input, encoding: "utf8" });
    expect({ status, names: stdout.split("\n") }).toEqual({ status: 0, names: ["a.txt", long, "c.txt", ""] });
  });
});
