import * as fc from "fast-check";
import { expect, test } from "vitest";
import { composeEdits } from "#model/compose-edits";
import { type Edit, editSource } from "#model/edit";
import { createSource } from "#model/source";
import { propertyRuns } from "../support/property-runs.ts";

const sourceOf = (text: string) => createSource("a.md", new TextEncoder().encode(text));

/** Edits of a text of that length, in order and without an overlap. */
const editsIn = (length: number): fc.Arbitrary<readonly Edit[]> =>
  fc.array(fc.tuple(fc.nat(length), fc.nat(4), fc.string({ maxLength: 3 })), { maxLength: 5 }).map((raw) => {
    const edits: Edit[] = [];
    for (const [start, more, text] of raw.sort(([a], [b]) => a - b)) {
      if (start >= (edits.at(-1)?.end ?? 0)) edits.push({ start, end: Math.min(length, start + more), text });
    }
    return edits;
  });

test("two rounds of edits are one, of the text as it was before the first", () => {
  const text = fc.string({ maxLength: 20 });
  const rounds = text.chain((before) =>
    editsIn(before.length).chain((first) => {
      const between = editSource(sourceOf(before), first).text;
      return editsIn(between.length).map((second) => ({ before, first, between, second }));
    }),
  );
  fc.assert(
    fc.property(rounds, ({ before, first, between, second }) => {
      const both = composeEdits(first, second, before.length);
      expect(editSource(sourceOf(before), both).text).toBe(editSource(sourceOf(between), second).text);
      for (const [index, { start, end, text: written }] of both.entries()) {
        expect(start).toBeGreaterThan(both[index - 1]?.end ?? -1);
        expect(end > start || written !== "").toBe(true);
      }
    }),
    { numRuns: propertyRuns(500) },
  );
});

test("what the second takes back is no edit", () => {
  expect(composeEdits([{ start: 2, end: 2, text: "new" }], [{ start: 2, end: 5, text: "" }], 9)).toEqual([]);
});
