import { array, assert, integer, property, string } from "fast-check";
import { describe, expect, test } from "vitest";
import { cutEach, cutList, cutText, divide, sizeOf, sizeOfAll } from "#guide/cut-text";

const anyText = string({ unit: "grapheme", maxLength: 200 });
const anySize = integer({ min: 0, max: 500 });

describe("the size of a text", () => {
  test.each([
    ["abc", 6],
    ['"', 5],
    ["\n", 5],
    ["é", 5],
    ["✅", 6],
  ])("%o takes %s bytes in a list", (text, size) => expect(sizeOf(text)).toBe(size));
});

describe("a text cut to a size", () => {
  test.each<[string, string, number, string]>([
    ["fits as it is", "one\ntwo", 12, "one\ntwo"],
    ["ends at a line", `${"line\n".repeat(20)}end`, 50, "line\nline\nline\nline\n… 17 more lines"],
    ["of one long line ends in it", "x".repeat(100), 16, `${"x".repeat(10)}…`],
    ["never cuts a character in two", "😀".repeat(20), 17, "😀😀…"],
    ["is empty where nothing fits", "x".repeat(100), 5, ""],
  ])("%s", (_name, text, bytes, expected) => expect(cutText(text, bytes)).toBe(expected));

  test("of any content fits, and is the beginning of the text", () => {
    assert(
      property(anyText, anySize, (text, bytes) => {
        const cut = cutText(text, bytes);
        if (cut === text || cut === "") return;
        expect(sizeOf(cut)).toBeLessThanOrEqual(bytes);
        expect(text.startsWith(cut.replace(/\n?… \d+ more lines$|…$/u, ""))).toBe(true);
      }),
    );
  });
});

describe("texts cut to a size", () => {
  test("any list fits, whichever way it is cut, and says when something is missing", () => {
    assert(
      property(array(anyText, { maxLength: 20 }), integer({ min: 30, max: 3000 }), (texts, bytes) => {
        for (const { texts: kept, cut } of [cutList(texts, bytes), cutEach(texts, bytes)]) {
          expect(sizeOfAll(kept)).toBeLessThanOrEqual(bytes);
          if (!cut) expect(kept).toEqual(texts);
        }
      }),
    );
  });

  test("each keeps its part; a short one leaves its rest to the others", () => {
    const { texts } = cutEach(["short", "a".repeat(100), "b".repeat(100)], 100);
    expect(texts[0]).toBe("short");
    expect(texts[1]).toMatch(/^a{30,}…$/);
    expect(texts[2]).toMatch(/^b{30,}…$/);
  });
});

describe("bytes divided among needs", () => {
  const needs = (...values: number[]) => values.map((need) => ({ need, weight: 1 }));
  test.each<[string, number, number[], number[]]>([
    ["all get what they need when there is enough", 100, [10, 20, 30], [10, 20, 30]],
    ["all get the same when all want more", 90, [100, 100, 100], [30, 30, 30]],
    ["what one leaves the others share", 90, [10, 100, 100], [10, 40, 40]],
    ["nothing is divided into nothing", 0, [1, 2], [0, 0]],
    ["less than nothing is nothing", -5, [1], [0]],
    ["nobody wants anything", 10, [0, 0], [0, 0]],
    ["there is nobody", 10, [], []],
  ])("%s", (_name, bytes, wanted, given) => expect(divide(bytes, needs(...wanted))).toEqual(given));

  test("weights decide who gets more of what is short", () => {
    expect(
      divide(40, [
        { need: 100, weight: 3 },
        { need: 100, weight: 1 },
      ]),
    ).toEqual([30, 10]);
  });

  test("any division gives no more than there is, and nobody more than needed", () => {
    assert(
      property(anySize, array(integer({ min: 0, max: 300 }), { maxLength: 8 }), (bytes, wanted) => {
        const given = divide(bytes, needs(...wanted));
        expect(given.reduce((sum, one) => sum + one, 0)).toBeLessThanOrEqual(bytes);
        given.forEach((one, index) => expect(one).toBeLessThanOrEqual(wanted[index] ?? 0));
      }),
    );
  });
});
