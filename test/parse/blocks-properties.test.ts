import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { AnyBlock } from "#parse/block";
import { type BlockTree, codeOf, scanBlocks, walk } from "#parse/blocks";
import { markdown } from "./blocks-generator.ts";

const anyText = fc.oneof(
  markdown,
  fc.string({ unit: "binary", maxLength: 200 }),
  fc.string({ unit: fc.constantFrom(..."\t\n\r >-*+`~#=|:[]()<!/'\"\\0123.)ax\u0000☐\uFEFF"), maxLength: 120 }),
  fc.uint8Array({ maxLength: 300 }).map((bytes) => new TextDecoder().decode(bytes)),
);

function checkRanges(text: string, tree: BlockTree): void {
  expect(tree.root).toMatchObject({ kind: "document", start: 0, end: text.length });
  let count = 0;
  for (const block of walk(tree.root)) {
    count++;
    expect(block.start).toBeLessThanOrEqual(block.end);
    let at = block.start;
    for (const child of block.children) {
      expect(child.parent).toBe(block);
      expect(child.start).toBeGreaterThanOrEqual(at);
      expect(child.end).toBeLessThanOrEqual(block.end);
      at = child.end;
    }
    checkSpans(block);
  }
  expect(count).toBe(tree.count);
}

function checkSpans(block: AnyBlock): void {
  const spans = [
    ...("lines" in block ? block.lines : []),
    ...("content" in block ? [block.content] : []),
    ...("info" in block ? [block.info] : []),
    ...("marker" in block && typeof block.marker === "object" ? [block.marker] : []),
    ...("task" in block && block.task !== undefined ? [block.task, block.task.mark] : []),
  ];
  for (const span of spans) {
    expect(span.start).toBeGreaterThanOrEqual(block.start);
    expect(span.end).toBeGreaterThanOrEqual(span.start);
    expect(span.end).toBeLessThanOrEqual(block.end);
  }
}

describe("any text", () => {
  it("is scanned into ranges that nest and children that are ordered", () => {
    fc.assert(
      fc.property(anyText, (text) => checkRanges(text, scanBlocks(text))),
      { numRuns: 3000 },
    );
  });

  it("has code whose lines map back to its lines in the document", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        for (const block of walk(scanBlocks(text).root)) {
          if (block.kind !== "fence" && block.kind !== "indented-code") continue;
          const code = codeOf(text, block);
          const rows = code.text.split("\n");
          expect(rows.pop()).toBe("");
          expect(rows.length).toBeLessThanOrEqual(block.lines.length);
          let at = 0;
          rows.forEach((row, index) => {
            const { start, end } = block.lines[index] ?? { start: -1, end: -1 };
            const padding = row.length - (end - start);
            expect(row).toBe(" ".repeat(padding) + text.slice(start, end));
            for (let offset = padding; offset <= row.length; offset++) {
              expect(code.toDocument(at + offset)).toBe(start + offset - padding);
            }
            at += row.length + 1;
          });
        }
      }),
      { numRuns: 2000 },
    );
  });

  it("gives the innermost block at every offset", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const tree = scanBlocks(text);
        for (let offset = 0; offset <= text.length; offset++) {
          const block = tree.at(offset);
          expect(block.start <= offset && offset <= block.end).toBe(true);
          expect(block.children.some((child) => child.start <= offset && offset < child.end)).toBe(false);
        }
      }),
      { numRuns: 500 },
    );
  });

  it("gives the same kinds whatever its line ends are", () => {
    const kinds = (text: string): string[] => [...walk(scanBlocks(text).root)].map(({ kind }) => kind);
    fc.assert(
      fc.property(markdown, (text) => {
        const plain = text.replaceAll(/\r\n?/g, "\n");
        expect(kinds(plain.replaceAll("\n", "\r\n"))).toEqual(kinds(plain));
      }),
      { numRuns: 1000 },
    );
  });

  it("gives the same places when its lines end with a carriage return, where no line is passed without the gates", () => {
    const places = (text: string): unknown[] =>
      [...walk(scanBlocks(text).root)].map((block) => [
        block.kind,
        block.start,
        block.end,
        "level" in block ? block.level : 0,
        "lines" in block ? block.lines.map(({ start, end }) => [start, end]) : [],
      ]);
    fc.assert(
      fc.property(markdown, (text) => {
        const plain = text.replaceAll(/\r\n?/g, "\n");
        expect(places(plain.replaceAll("\n", "\r"))).toEqual(places(plain));
      }),
      { numRuns: 1000 },
    );
  });
});

describe("hostile text is scanned in linear time, without deep recursion", () => {
  const rows: readonly (readonly [title: string, make: (size: number) => string])[] = [
    ["nested quotes", (size) => `${">".repeat(size)}a\n`],
    ["nested quotes and lazy lines", (size) => `${">".repeat(size)}a\n${"b\n".repeat(size)}`],
    ["nested items and blank lines", (size) => `${"- ".repeat(size)}x\n${"\n".repeat(size)}y\n`],
    ["nested items and quotes and blank lines", (size) => `${"> - ".repeat(size)}x\n${"\n".repeat(size)}y\n`],
    ["nested numbers", (size) => `${"1. ".repeat(size)}x\n`],
    ["stars that are no rule", (size) => `${"* ".repeat(size)}a\n`],
    ["definitions", (size) => "[a]: b\n".repeat(size)],
    ["open titles", (size) => "[a]: b '\n".repeat(size)],
    ["open labels", (size) => "[a\n".repeat(size)],
    ["a table of many cells", (size) => `${"|".repeat(size)}\n${"|-".repeat(size)}|\n${"|".repeat(size)}\n`],
    ["many tables", (size) => "a|b\n-|-\n".repeat(size)],
    ["pipes that are no table", (size) => "a|b\n-|x\n".repeat(size)],
    ["open comments in quotes", (size) => "> <!--\n\n".repeat(size)],
    ["one open comment", (size) => `<!--\n${"->\n".repeat(size)}`],
    ["attributes", (size) => `<a ${"b ".repeat(size)}\n`],
    ["open fences", (size) => "```\n~~~\n".repeat(size)],
    ["backticks", (size) => "`".repeat(size)],
    ["blanks", (size) => " ".repeat(size)],
    ["tabs", (size) => "\t".repeat(size)],
    ["carriage returns", (size) => "\r".repeat(size)],
    ["one long line", (size) => "a".repeat(size * 10)],
    ["one long setext heading", (size) => `${"a\n".repeat(size)}===\n`],
    ["unclosed front matter", (size) => `---\n${"a: b\n".repeat(size)}`],
  ];
  it.each(rows)("%s", (_, make) => {
    const text = make(100_000);
    const tree = scanBlocks(text);
    let count = 0;
    for (const block of walk(tree.root)) count += block.end >= block.start ? 1 : 0;
    expect(count).toBe(tree.count);
  });

  it("a large document", () => {
    const text =
      "# Heading\n\nSome text of a paragraph,\nand more.\n\n- [ ] a task\n  - `code`\n\n| a | b |\n|---|---|\n| c | d |\n\n".repeat(
        100_000,
      );
    expect(scanBlocks(text).count).toBe(1 + 15 * 100_000);
  });
});
