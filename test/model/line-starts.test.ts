import { array, assert, constantFrom, oneof, property } from "fast-check";
import { lineStarts } from "#model/source";
import { expect, test } from "vitest";

/** Line starts by the definition: behind each `\r\n`, `\r` and `\n`. */
function byDefinition(text: string): readonly number[] {
  return [0, ...[...text.matchAll(/\r\n|\r|\n/gu)].map((end) => end.index + end[0].length)];
}

test("lines start behind every kind of line end, whichever of them a text holds", () => {
  const pieces = oneof(
    array(constantFrom("\n", "a", "\u2028", "😀"), { maxLength: 60 }),
    array(constantFrom("\n", "\r", "a", "ä"), { maxLength: 60 }),
  );
  assert(
    property(pieces, (parts) => {
      const text = parts.join("");
      expect([...lineStarts(text)]).toEqual(byDefinition(text));
    }),
  );
});

test("a text of nothing but line feeds has a line behind each", () => {
  expect([...lineStarts("\n".repeat(1000))]).toEqual(Array.from({ length: 1001 }, (_, line) => line));
});
