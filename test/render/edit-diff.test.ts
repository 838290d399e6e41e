import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { applyEdits, type Edit } from "#model/edit";
import { createSourceFromText } from "#model/source";
import { renderEditDiff } from "#render/edit-diff";
import { createPaint } from "#render/paint";

const plain = createPaint(false);
const diff = (text: string, edits: readonly Edit[]): string =>
  renderEditDiff(createSourceFromText("docs/a.md", text), edits, plain);

describe("edits as a diff", () => {
  test("show the changed line with two lines around it", () => {
    expect(diff("a\nb\nc\nd\ne\nf\n", [{ start: 6, end: 7, text: "X" }])).toBe(
      "--- a/docs/a.md\n+++ b/docs/a.md\n@@ -2,5 +2,5 @@\n b\n c\n-d\n+X\n e\n f\n",
    );
  });

  test("of far places are hunks of their own, with line numbers of both sides", () => {
    const text = Array.from({ length: 30 }, (_, index) => `line ${index + 1}\n`).join("");
    const edits = [
      { start: text.indexOf("line 3\n"), end: text.indexOf("line 3\n"), text: "new\n" },
      { start: text.indexOf("line 20"), end: text.indexOf("line 20") + 4, text: "LINE" },
    ];
    expect(diff(text, edits).match(/^@@.*@@$/gm)).toEqual(["@@ -1,5 +1,6 @@", "@@ -18,5 +19,5 @@"]);
  });

  test("of near places leave the lines between them as they are", () => {
    expect(
      diff("a\nb\nc\nd\n", [
        { start: 0, end: 1, text: "X" },
        { start: 4, end: 5, text: "Y" },
      ]),
    ).toBe("--- a/docs/a.md\n+++ b/docs/a.md\n@@ -1,4 +1,4 @@\n-a\n+X\n b\n-c\n+Y\n d\n");
  });

  test("show control characters, never obey them", () => {
    expect(diff("a\u001B[31m\n", [{ start: 0, end: 1, text: "\u202Eb" }])).toContain("-a\\e[31m\n+\\u{202e}b\\e[31m");
  });

  test("read as the document after the edits, whatever they are", () => {
    const line = fc.constantFrom("alpha", "beta", "", "gamma delta");
    const edit = fc.record({ at: fc.nat(60), length: fc.nat(8), text: fc.constantFrom("", "x", "y\nz", "\n") });
    fc.assert(
      fc.property(
        fc.array(line, { minLength: 1, maxLength: 12 }),
        fc.array(edit, { maxLength: 3 }),
        (lines, wanted) => {
          const source = createSourceFromText("a.md", `${lines.join("\n")}\n`);
          const edits: Edit[] = [];
          for (const { at, length, text } of [...wanted].sort((a, b) => a.at - b.at)) {
            const start = Math.min(at, source.text.length);
            const end = Math.min(start + length, source.text.length);
            if (start >= (edits.at(-1)?.end ?? -1) && start !== edits.at(-1)?.start) edits.push({ start, end, text });
          }
          const after = new TextDecoder().decode(applyEdits(source, edits));
          expect(patched(source.text, renderEditDiff(source, edits, plain))).toBe(withLastEnd(after));
        },
      ),
      { numRuns: 1000 },
    );
  });
});

function withLastEnd(text: string): string {
  return text === "" || text.endsWith("\n") ? text : `${text}\n`;
}

/** Applies a unified diff by its own line numbers. */
function patched(text: string, patch: string): string {
  const before = text.split("\n").slice(0, -1);
  const result: string[] = [];
  let at = 0;
  for (const row of patch.split("\n").slice(2, -1)) {
    const hunk = /^@@ -(\d+),\d+ \+(\d+),\d+ @@$/.exec(row);
    if (hunk !== null) {
      while (at < Number(hunk[1]) - 1) result.push(before[at++] ?? "");
      expect(result.length).toBe(Number(hunk[2]) - 1);
    } else if (row.startsWith("+")) result.push(row.slice(1));
    else {
      expect(before[at]).toBe(row.slice(1));
      if (row.startsWith(" ")) result.push(row.slice(1));
      at++;
    }
  }
  return [...result, ...before.slice(at)].map((line) => `${line}\n`).join("");
}
