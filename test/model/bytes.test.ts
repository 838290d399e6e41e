import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { chunksOf, joinBytes, wholeBytes } from "#model/bytes";
import { propertyRuns } from "../support/property-runs.ts";

describe("bytes in chunks", () => {
  test("are the same bytes, in chunks of one length, the last one shorter", () => {
    const pieces = fc.array(fc.uint8Array({ maxLength: 9 }), { maxLength: 9 });
    fc.assert(
      fc.property(pieces, fc.integer({ min: 1, max: 7 }), (given, length) => {
        const chunks = Array.from(chunksOf(given, length), (chunk) => chunk.slice());
        expect(joinBytes(chunks)).toEqual(joinBytes(given));
        expect(chunks.slice(0, -1).every((chunk) => chunk.length === length)).toBe(true);
        expect(chunks.every((chunk) => chunk.length > 0)).toBe(true);
        expect(wholeBytes(chunksOf(given, length))).toEqual(joinBytes(given));
      }),
      { numRuns: propertyRuns(200) },
    );
  });
});
