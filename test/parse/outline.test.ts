import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createSourceFromText } from "#model/source";
import { codeOf, scanBlocks } from "#parse/blocks";
import { parseMarkdown } from "#parse/markdown";
import { Outline } from "#parse/outline";
import { borrowTape, keepTape } from "#parse/shared-tape";
import { aidoc16 } from "#profile/aidoc-16";
import { markdown } from "./blocks-generator.ts";

describe("the outline of a document", () => {
  test("has the headings of its sections and the fences of its blocks, whatever the text is", () => {
    fc.assert(
      fc.property(markdown, (text) => {
        const source = createSourceFromText("a.md", text);
        const { sections, tree } = parseMarkdown(source, aidoc16);
        const { headings, title, fences } = new Outline(source);
        const sectioned = sections.map(({ level, title: words, start, heading }) => [level, words, start, heading.end]);
        expect(headings.map(({ level, text: words, start, end }) => [level, words, start, end])).toEqual(sectioned);
        expect(title).toEqual(headings.find(({ level }) => level === 1));
        const fenced = tree.ofKind("fence").map(({ start, end, closed }) => ({ start, end, closed }));
        expect(fences).toEqual(fenced);
      }),
    );
  });

  test("reads titles as sections have them: no number, no markup, healed", () => {
    const source = createSourceFromText("a.md", "## 1. One\n\n# 2.1 **Two** â€” `x`\n\n> # in a quote\n\nThree\n===\n");
    const { headings, title } = new Outline(source);
    expect(headings.map(({ text }) => text)).toEqual(["One", "Two — x", "Three"]);
    expect(title?.text).toBe("Two — x");
  });
});

describe("the tape that readers share", () => {
  test("is the one that was borrowed, as long as nothing else was scanned", () => {
    const borrowed = borrowTape("# A\n\nb\n");
    expect(borrowTape("# A\n\nb\n")).toBe(borrowed);
    expect(keepTape("# A\n\nb\n")).toBe(borrowed);
  });

  test("stays what it was for who keeps it", () => {
    borrowTape("# A\n");
    const kept = scanBlocks("# A\n");
    borrowTape("- b\n- c\n");
    borrowTape("> d\n");
    expect(kept.root.children.map(({ kind }) => kind)).toEqual(["heading"]);
    expect(keepTape("# A\n")).not.toBe(keepTape("# A\n"));
  });
});

describe("the text of a fence", () => {
  const places = (text: string): unknown => {
    const code = codeOf(text, scanBlocks(text).ofKind("fence")[0] ?? expect.fail("no fence"));
    const offsets = Array.from({ length: code.text.length + 1 }, (_, offset) => code.toDocument(offset));
    return [code.text, offsets.map((offset) => text.slice(offset, offset + 1)).join("")];
  };

  test.each([
    ["that stands in the document as it is", "```\na\n\nb c\n```\n", ["a\n\nb c\n", "a\n\nb c\n\n"]],
    ["in a quote, without its signs", "> ```\n> a\n> b\n> ```\n", ["a\nb\n", "a\nb\n\n"]],
    ["with other line ends", "```\r\na\r\nb\r\n```\r\n", ["a\nb\n", "a\rb\r\r"]],
    ["indented, with a tab cut in two", "  ```\n\ta\n  ```\n", ["  a\n", "aaa\n\n"]],
  ])("%s", (_name, text, expected) => expect(places(text)).toEqual(expected));
});
