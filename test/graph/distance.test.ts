import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { distanceWithin, lettersIn, mayBeWithin } from "#graph/distance";
import { propertyRuns } from "../support/property-runs.ts";

/** Optimal string alignment by its definition, without any short cut. */
function plainDistance(one: string, other: string): number {
  const cells = Array.from({ length: one.length + 1 }, (_, row) =>
    Array.from({ length: other.length + 1 }, (__, column) => (row === 0 ? column : column === 0 ? row : 0)),
  );
  const cell = (row: number, column: number): number => cells[row]?.[column] ?? Number.POSITIVE_INFINITY;
  for (let row = 1; row <= one.length; row++) {
    for (let column = 1; column <= other.length; column++) {
      const swaps = one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1];
      const cost = one[row - 1] === other[column - 1] ? 0 : 1;
      const ways = [cell(row - 1, column) + 1, cell(row, column - 1) + 1, cell(row - 1, column - 1) + cost];
      const best = Math.min(...ways, swaps ? cell(row - 2, column - 2) + 1 : Number.POSITIVE_INFINITY);
      (cells[row] ?? [])[column] = best;
    }
  }
  return cell(one.length, other.length);
}

describe("the distance of two names", () => {
  test.each([
    ["FR-001", "FR-001", 0, 0],
    ["FR-010", "FR-001", 1, 1],
    ["FR-01", "FR-001", 1, 1],
    ["FR-001", "FR-0019", 1, 1],
    ["FR-001", "FR-902", 1, undefined],
    ["abcdef", "badcfe", 3, 3],
    ["", "abc", 3, 3],
    ["", "abcd", 3, undefined],
  ])("of %s and %s, at most %i, is %s", (one, other, most, distance) => {
    expect(distanceWithin(one, other, most)).toBe(distance);
  });

  test("is that of the definition, or too large", () => {
    const word = fc.string({ unit: fc.constantFrom("a", "b", "c", "-"), maxLength: 9 });
    fc.assert(
      fc.property(word, word, fc.nat({ max: 4 }), (one, other, most) => {
        const plain = plainDistance(one, other);
        expect(distanceWithin(one, other, most)).toBe(plain <= most ? plain : undefined);
        if (plain <= most) expect(mayBeWithin(lettersIn(one), lettersIn(other), most)).toBe(true);
      }),
      { numRuns: propertyRuns(300) },
    );
  });

  test.each([
    ["fr-3001", "fr-0002", 1, false],
    ["fr-3001", "fr-1003", 1, true],
    ["phase", "phrase", 0, false],
    ["", "ab", 1, false],
  ])("of the letters of %s and %s, at most %i, is told as possible: %s", (one, other, most, may) => {
    expect(mayBeWithin(lettersIn(one), lettersIn(other), most)).toBe(may);
  });
});
