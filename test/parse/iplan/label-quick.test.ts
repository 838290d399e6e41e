import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createSourceFromText } from "#model/source";
import { labelledParts } from "#parse/iplan/group";
import { readLeadingLabel } from "#parse/iplan/label";
import { readPhaseHead, readStepHead } from "#parse/iplan/step-head";
import { Passage } from "#parse/passage";

const piece = fc.constantFrom(
  "**",
  ":",
  " ",
  "\t",
  "\u00A0",
  "(",
  ")",
  "Verify",
  "Step 1",
  "STEP 2.1b",
  "ſtep 3",
  "Phase 4-5",
  "phase",
  "#",
  "`",
  ".",
  "✅",
  "!",
);
const line = fc.array(piece, { maxLength: 9 }).map((pieces) => pieces.join(""));

function passageOf(text: string): Passage {
  return Passage.of(createSourceFromText("a.md", text), [{ start: 0, end: text.length }], []);
}

/** The part of one line as its label tells it. */
function partOf(text: string): string[] {
  const label = readLeadingLabel(passageOf(text));
  const opens = label !== undefined && (label.rest.text === "" || (label.bold && label.colon));
  const own = opens ? readLeadingLabel(passageOf(text).trim()) : undefined;
  return own === undefined ? [] : [`${own.words}|${own.rest.text}|${own.remark?.text ?? ""}|${text.trim()}`];
}

describe("What is passed over without a closer look", () => {
  test("is no labelled line", () => {
    fc.assert(
      fc.property(line, (text) => {
        const parts = labelledParts(passageOf(text)).map(
          ({ label, passage }) => `${label.words}|${label.rest.text}|${label.remark?.text ?? ""}|${passage.text}`,
        );
        expect(parts).toEqual(partOf(text));
      }),
      { numRuns: 500 },
    );
  });

  test("is no label of the first of several lines, either", () => {
    fc.assert(
      fc.property(line, line, (first, second) => {
        expect(labelledParts(passageOf(`${first}\n${second}`)).length > 0).toBe(partOf(first).length > 0);
      }),
    );
  });

  test.each([
    ["Step 3: Name", "3", undefined],
    ["## **STEP 2.1b** Name", "2.1b", undefined],
    ["✅ Phase 2-3: Name", undefined, "2-3"],
    ["ſtep 3: Name", undefined, undefined],
    ["Name of a stair", undefined, undefined],
  ])("is no head: %s", (text, step, phase) => {
    expect(readStepHead(passageOf(text.replace("## ", "")))?.number).toBe(step);
    expect(readPhaseHead(passageOf(text))?.number).toBe(phase);
  });
});
