import { array, assert, constantFrom, property } from "fast-check";
import { describe, expect, test } from "vitest";
import { createSourceFromText } from "#model/source";
import { readTaskHead } from "#parse/iplan/task-head";
import { Passage } from "#parse/passage";
import { normalWords } from "#profile/normal-words";

const piece = constantFrom(
  "TASK",
  "task",
  "-",
  "1.2",
  "7",
  "a",
  "_",
  " ",
  "**",
  "`",
  "#",
  ":",
  ")",
  "(8 h)",
  "Step",
  "/",
  "&",
  "'",
  "[",
  "]",
);
const text = array(piece, { maxLength: 8 }).map((pieces) => pieces.join(""));

function headOf(line: string): string | undefined {
  const whole = { start: 0, end: line.length };
  return readTaskHead(Passage.of(createSourceFromText("a.md", line), [whole], []))?.id;
}

/** As it is written for letters of all scripts. */
function wordsOf(line: string): string {
  const unnumbered = line.replace(/^[\s*`#]*\d+(?:\.\d+)*\.?\s+/u, "");
  const found = /[\p{L}\p{N}][\p{L}\p{N}\s&/'’_-]*/u.exec(unnumbered)?.[0] ?? "";
  return found
    .replace(/[\s_-]+/gu, " ")
    .trim()
    .toLowerCase();
}

describe("A form for letters of ASCII", () => {
  test("finds the task that the form for all letters finds", () => {
    assert(
      property(text, (line) => {
        expect(headOf(line)).toBe(headOf(`${line} é`));
      }),
      { numRuns: 500 },
    );
  });

  test("finds the words that the form for all letters finds", () => {
    assert(
      property(text, (line) => {
        expect(normalWords(line)).toBe(wordsOf(line));
      }),
      { numRuns: 500 },
    );
  });
});
