import { proseOf } from "../masked-text.ts";
import { defineRule, type Draft, type Rule } from "../rule.ts";

/** A list item that begins with something short between brackets; numbers are references, not boxes. */
const boxed = /^[ \t>]*(?:[-*+]|\d{1,9}[.)])[ \t]+\[([^\]\n\d]{0,6})\](?=[ \t])/gm;

/** A word, or a ratio such as `X/Y`. */
const notBox = /^\p{L}{2,}$|^[A-WYZ]\/|^X\/[A-Z]/u;

const marks: ReadonlySet<string> = new Set([" ", "x", "X", "-", "~"]);

/** A box is open, ticked, dropped or partial, and nothing else. */
export const boxMark: Rule = defineRule({
  code: "plan/box-mark",
  severity: "warning",
  title: "Unknown box mark",
  summary: "A box holds a blank, x, - or ~; any other mark counts as not done.",
  needs: ["plan"],
  check({ source, plan }, report) {
    if (!source.text.includes("[")) return;
    for (const match of proseOf(source, plan).matchAll(boxed)) {
      const mark = match[1] ?? "";
      if (marks.has(mark) || notBox.test(mark)) continue;
      const end = match.index + match[0].length;
      const start = end - mark.length - 2;
      report({ ...draftOf(mark, start), at: { start, end }, cause: `box:${mark}` });
    }
  },
});

function draftOf(mark: string, start: number): Omit<Draft, "at" | "cause"> {
  if (mark === "") {
    return {
      message: "This box is empty. Write a blank between the brackets.",
      fix: { title: "Write an open box", edits: [{ start, end: start + 2, text: "[ ]", expected: "[]" }] },
    };
  }
  if (mark.includes("/")) return { message: `[${mark}] leaves the choice open and counts as not done. Write [ ].` };
  return { message: `[${mark}] is no mark of a box and counts as not done. Write [ ] until it is proved.` };
}
