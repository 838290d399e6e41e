import { array, assert, constantFrom, property } from "fast-check";
import { describe, expect, test } from "vitest";
import { readPath } from "#plan/claims/path-text";
import { titleWords } from "#plan/title-words";

const piece = constantFrom(
  "src",
  "/",
  ".",
  "..",
  "a_b",
  "-",
  "@",
  "+",
  " ",
  "9",
  "A",
  "ts",
  "(",
  "`",
  "é",
  "中",
  "_",
  "~",
);
const text = array(piece, { maxLength: 8 }).map((pieces) => pieces.join(""));

describe("A form for letters of ASCII", () => {
  test("tells of a path what the form for all letters tells", () => {
    const asked = (word: string): boolean => readPath(word) !== undefined;
    assert(
      property(text, (path) => {
        // Why: a letter outside of ASCII in a folder has the other form asked, and changes nothing else of the path.
        const named = path.replaceAll("src/", "sré/");
        expect(asked(path)).toBe(asked(named));
      }),
      { numRuns: 500 },
    );
  });

  test("finds the words of a title that the form for all letters finds", () => {
    assert(
      property(text, (title) => {
        const found = titleWords(`${title} zzé`);
        expect(titleWords(title)).toEqual(found.filter((word) => word !== "zzé"));
      }),
      { numRuns: 500 },
    );
  });

  test.each([
    ["src/a.ts", "src/a.ts"],
    ["`grüße.txt`", "grüße.txt"],
    ["docs/überblick.md", "docs/überblick.md"],
    ["src/../a.ts", undefined],
    ["two words.ts", undefined],
  ])("reads %s", (word, path) => {
    expect(readPath(word)).toBe(path);
  });
});
