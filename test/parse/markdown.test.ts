import { describe, expect, test } from "vitest";
import { createSourceFromText } from "#model/source";
import { type MarkdownDocument, nearestKey, parseMarkdown } from "#parse/markdown";
import { plainWords } from "#parse/plain-words";
import { aidoc16 } from "#profile/aidoc-16";

function parse(text: string): MarkdownDocument {
  return parseMarkdown(createSourceFromText("a.md", text), aidoc16);
}

describe("sections", () => {
  const shown = (text: string): unknown[] =>
    parse(text).sections.map(({ level, title, key, parent }) => [level, title, key, parent?.title]);

  test("follow the headings of the document", () => {
    expect(shown("# A\n\n## 2. Objective\n\n### x\n\n## **Context**\n\nSetext\n===\n")).toEqual([
      [1, "A", undefined, undefined],
      [2, "Objective", "objective", "A"],
      [3, "x", undefined, "Objective"],
      [2, "Context", "context", "A"],
      [1, "Setext", undefined, undefined],
    ]);
  });

  test("are not opened inside fences, lists and quotes", () => {
    expect(shown("## A\n\n```\n# no\n```\n\n- # no\n\n> # no\n")).toEqual([[2, "A", undefined, undefined]]);
  });

  test("have no name inside task lists and steps", () => {
    expect(shown("## Task List\n\n### Configuration\n\n## Execution Steps\n\n### Step 1\n\n#### Risks\n")).toEqual([
      [2, "Task List", "task-list", undefined],
      [3, "Configuration", undefined, "Task List"],
      [2, "Execution Steps", "execution-steps", undefined],
      [3, "Step 1", undefined, "Execution Steps"],
      [4, "Risks", undefined, "Step 1"],
    ]);
  });

  test("reach to the next heading of their level", () => {
    const text = "## A\n\na\n\n### B\n\nb\n\n## C\n\nc";
    expect(parse(text).sections.map(({ start, end }) => text.slice(start, end))).toEqual([
      "## A\n\na\n\n### B\n\nb",
      "### B\n\nb",
      "## C\n\nc",
    ]);
  });

  test("are found by place", () => {
    const document = parse("x\n\n## Context\n\na\n\n### B\n\nb\n");
    expect([0, 3, 15, 18, 26].map((offset) => document.sectionAt(offset)?.title)).toEqual([
      undefined,
      "Context",
      "Context",
      "B",
      "B",
    ]);
    expect(nearestKey(document.sectionAt(26))).toBe("context");
    expect(nearestKey(document.sectionAt(0))).toBeUndefined();
  });
});

describe("a passage", () => {
  test("joins lines without what stands before them, and knows the way back", () => {
    const text = "> - one\n>   two ‚úÖ three\n";
    const document = parse(text);
    const paragraph = document.tree.ofKind("paragraph")[0];
    const passage = document.passageOf(paragraph as NonNullable<typeof paragraph>);
    expect(passage.text).toBe("one\ntwo ✅ three");
    expect(passage.line).toBe("one two ✅ three");
    const places = ["one", "two", "✅", "three", "two ✅", "✅ three"].map((part) => {
      const at = passage.text.indexOf(part);
      return passage.sub(at, at + part.length).raw;
    });
    expect(places).toEqual(["one", "two", "‚úÖ", "three", "two ‚úÖ", "‚úÖ three"]);
    expect(passage.sub(passage.text.indexOf("three")).range.start).toMatchObject({ line: 2, column: 13 });
  });

  test("goes on behind an offset of the document", () => {
    const document = parse("‚úÖ ab cd\n");
    const passage = document.passage({ start: 0, end: 9 });
    expect(passage.after(4).text).toBe("ab cd");
    expect(passage.after(1).text).toBe(" ab cd");
    expect(passage.after(99).text).toBe("");
  });

  test("may be empty", () => {
    const passage = parse("abc").passage({ start: 1, end: 1 });
    expect([passage.text, passage.start, passage.end, passage.raw]).toEqual(["", 1, 1, ""]);
    expect(parse("").passageOfLines([]).range).toMatchObject({ start: { offset: 0 }, end: { offset: 0 } });
    expect(parse("- a").passageOf(parse("- a").tree.root).text).toBe("");
  });

  test("without blanks around it stands where it stands", () => {
    const passage = parse("x  ab  ").passage({ start: 1, end: 7 }).trim();
    expect([passage.text, passage.start, passage.end]).toEqual(["ab", 3, 5]);
  });
});

describe("plain words", () => {
  test.each([
    ["**Bold** and `code`", "Bold and code"],
    ["[text](a/b.md) and ![image](c)", "text and image"],
    ["__bold words__", "bold words"],
    ["src/__init__.py and a__b", "src/__init__.py and a__b"],
    ["[X hours]", "[X hours]"],
  ])("%s", (text, words) => expect(plainWords(text)).toBe(words));
});
