import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { createTail } from "#host/shell/tail";

const folder = mkdtempSync(join(tmpdir(), "iplan-tail-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** Follows a file, lets it grow, and gives the pieces that were handed on. */
function follow(name: string, before: string | Uint8Array, grow: (path: string) => void): [string, boolean][] {
  const path = join(folder, name);
  writeFileSync(path, before);
  const pieces: [string, boolean][] = [];
  const tail = createTail([path], (text, isAfterGap) => pieces.push([text, isAfterGap]));
  grow(path);
  tail.stop();
  return pieces;
}

test("what is appended is handed on whole, and nothing is said to be left out", () => {
  const pieces = follow("small", "one\n", (path) => appendFileSync(path, "two ✅\n"));
  expect(pieces.map(([text]) => text).join("")).toBe("one\ntwo ✅\n");
  expect(pieces.every(([, isAfterGap]) => !isAfterGap)).toBe(true);
});

test("the end tells how far it was read, so that what comes later can be found", () => {
  const path = join(folder, "later");
  writeFileSync(path, "one\n");
  const tail = createTail([path], () => undefined);
  appendFileSync(path, "two ✅\n");
  expect(tail.stop()).toBe("one\ntwo ✅\n".length + 2);
  appendFileSync(path, "later\n");
});

test("of an output that is far ahead only the end is read, and the first piece says so", () => {
  const pieces = follow("large", "x".repeat(99).concat("\n").repeat(50_000), (path) =>
    appendFileSync(path, "the end\n"),
  );
  const text = pieces.map(([piece]) => piece).join("");
  expect(text.endsWith("the end\n")).toBe(true);
  expect(text.length).toBeLessThan(1_000_000);
  expect(pieces.map(([, isAfterGap]) => isAfterGap)).toEqual(pieces.map((_, index) => index === 0));
});

test("a character that was cut at the end is shown as what it is: no character", () => {
  const pieces = follow("cut", Uint8Array.of(0x61, 0xe2, 0x9c), () => undefined);
  expect(pieces.map(([text]) => text).join("")).toBe("a\uFFFD");
});

test("a file that is not there is nothing to follow", () => {
  expect(() => createTail([join(folder, "none")], () => undefined).stop()).not.toThrow();
});
