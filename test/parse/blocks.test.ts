import { describe, expect, it } from "vitest";
import type { AnyBlock } from "#parse/block";
import { codeOf, scanBlocks, walk } from "#parse/blocks";

/** Kinds and texts of all blocks but the document, one a row. */
function outline(text: string): string[] {
  const rows = [...walk(scanBlocks(text).root)].slice(1);
  return rows.map((block) => `${block.kind} ${JSON.stringify(text.slice(block.start, block.end))}`);
}

describe("front matter", () => {
  const rows: readonly (readonly [title: string, text: string, first: string])[] = [
    ["closed by dashes", "---\na: b\n---\n# c\n", 'front-matter "---\\na: b\\n---"'],
    ["closed by dots", "---\na: b\n...\nc\n", 'front-matter "---\\na: b\\n..."'],
    ["empty", "---\n---\n", 'front-matter "---\\n---"'],
    ["after a byte order mark", "\uFEFF---\na: b\n---\n", 'front-matter "---\\na: b\\n---"'],
    [
      "with CRLF and blanks behind the dashes",
      "--- \r\na: b\r\n---\t\r\nc\r\n",
      'front-matter "--- \\r\\na: b\\r\\n---\\t"',
    ],
    ["not closed: a rule", "---\na: b\n", 'thematic-break "---"'],
    ["not at the start: a rule", "\n---\na: b\n---\n", 'thematic-break "---"'],
    ["four dashes: a rule", "----\na\n----\n", 'thematic-break "----"'],
  ];
  it.each(rows)("%s", (_, text, first) => {
    expect(outline(text)[0]).toBe(first);
  });

  it("is followed by the blocks of the document", () => {
    expect(outline("---\na: b\n---\n# c\n")).toEqual(['front-matter "---\\na: b\\n---"', 'heading "# c"']);
  });
});

describe("headings", () => {
  const rows: readonly (readonly [text: string, level: number, content: string, setext: boolean])[] = [
    ["# a", 1, "a", false],
    ["### a b ###  ", 3, "a b", false],
    ["## a#", 2, "a#", false],
    ["## a \\#", 2, "a \\#", false],
    ["######", 6, "", false],
    ["# #", 1, "", false],
    ["#\ta\t#", 1, "a", false],
    ["a\nb \n===", 1, "a\nb", true],
    ["  a\n--- ", 2, "a", true],
    ["[a]: b\nc\n---", 2, "c", true],
  ];
  it.each(rows)("%j", (text, level, content, setext) => {
    const [heading] = scanBlocks(text).ofKind("heading");
    expect(heading).toMatchObject({ level, setext });
    expect(text.slice(heading?.content.start, heading?.content.end)).toBe(content);
  });
});

describe("fences", () => {
  const rows: readonly (readonly [
    title: string,
    text: string,
    facts: { marker: string; closed: boolean },
    info: string,
    code: string,
  ])[] = [
    [
      "backticks and an info string",
      "```bash title=x \na\nb\n```\n",
      { marker: "`", closed: true },
      "bash title=x",
      "a\nb\n",
    ],
    ["tildes", "~~~\n```\n~~~~\n", { marker: "~", closed: true }, "", "```\n"],
    ["never closed", "```js\na\n", { marker: "`", closed: false }, "js", "a\n"],
    ["never closed, nothing inside", "```", { marker: "`", closed: false }, "", ""],
    ["empty", "```\n```", { marker: "`", closed: true }, "", ""],
    ["in an item", "- a\n  ```\n  b\n    c\n\n  ```\n", { marker: "`", closed: true }, "", "b\n  c\n\n"],
    ["in a quote in an item", "- > ```\n  > a\n  >\n  > b\n  > ```\n", { marker: "`", closed: true }, "", "a\n\nb\n"],
    [
      "indented, its indentation is taken off",
      "  ```\n  a\n b\n    c\n  ```\n",
      { marker: "`", closed: true },
      "",
      "a\nb\n  c\n",
    ],
    ["with CRLF", "```sh\r\na\r\nb\r\n```\r\n", { marker: "`", closed: true }, "sh", "a\nb\n"],
    ["a tab cut in two by its container", "-\t```\n\ta\n\t\tb\n\t```\n", { marker: "`", closed: true }, "", "a\n\tb\n"],
    ["a quote ends it", "> ```\n> a\nb\n", { marker: "`", closed: false }, "", "a\n"],
  ];
  it.each(rows)("%s", (_, text, facts, info, code) => {
    const [fence] = scanBlocks(text).ofKind("fence");
    expect(fence).toMatchObject(facts);
    expect(text.slice(fence?.info.start, fence?.info.end)).toBe(info);
    expect(fence && codeOf(text, fence).text).toBe(code);
  });
});

describe("code maps back into the document", () => {
  const rows: readonly (readonly [title: string, text: string])[] = [
    ["a fence", "```\nab\ncd\n```\n"],
    ["a fence in a quote in an item with CRLF", "- > ```\r\n  > ab\r\n  >   cd\r\n  > ```\r\n"],
    ["indented code", "    ab\n      cd\n\n    ef\n"],
    ["tabs that a quote cuts in two", ">\t\tab\n>\t\tcd\n"],
  ];
  it.each(rows)("%s", (_, text) => {
    const tree = scanBlocks(text);
    const block = tree.ofKind("fence")[0] ?? tree.ofKind("indented-code")[0];
    const code = codeOf(text, block as NonNullable<typeof block>);
    for (const letter of ["ab", "cd"]) {
      const place = code.toDocument(code.text.indexOf(letter));
      expect(text.slice(place, place + 2)).toBe(letter);
    }
    expect(code.toDocument(code.text.indexOf("\n"))).toBe(text.indexOf("ab") + 2);
    expect(code.toDocument(code.text.length)).toBeLessThanOrEqual(block?.end ?? 0);
  });

  it("gives blanks for the rest of a cut tab", () => {
    const text = "-\t\tab\n";
    const [block] = scanBlocks(text).ofKind("indented-code");
    expect(block && codeOf(text, block).text).toBe("  ab\n");
  });

  it("leaves blank lines at the end of indented code out", () => {
    const text = "    ab\n\n      \n";
    const [block] = scanBlocks(text).ofKind("indented-code");
    expect(block && codeOf(text, block).text).toBe("ab\n");
  });

  it("of an empty fence is the end of the fence", () => {
    const text = "a\n\n```\n```\n";
    const [block] = scanBlocks(text).ofKind("fence");
    expect(block && codeOf(text, block).toDocument(0)).toBe(10);
  });
});

describe("task boxes", () => {
  const rows: readonly (readonly [text: string, form: string, mark: string, ticked: boolean])[] = [
    ["- [ ] a", "brackets", " ", false],
    ["- [x] a", "brackets", "x", true],
    ["* [X] a", "brackets", "X", true],
    ["1. [-] a", "brackets", "-", false],
    ["- [~] a", "brackets", "~", false],
    ["- ☐ a", "glyph", "☐", false],
    ["- ☑ a", "glyph", "☑", true],
    ["- ☒ a", "glyph", "☒", true],
    ["- ‚òê a", "glyph", "‚òê", false],
    ["- ‚òë a", "glyph", "‚òë", true],
    ["- ‚òí a", "glyph", "‚òí", true],
    ["- [x/☐] a", "choice", "x/☐", false],
    ["- [ /x] a", "choice", " /x", false],
    ["- [☑/☐] a", "choice", "☑/☐", false],
    ["- > x\n\n- [ ] **A**: b", "brackets", " ", false],
  ];
  it.each(rows)("%s", (text, form, mark, ticked) => {
    const item = scanBlocks(text).ofKind("item").at(-1);
    expect(item?.task).toMatchObject({ form, ticked });
    expect(text.slice(item?.task?.mark.start, item?.task?.mark.end)).toBe(mark);
    expect(text.slice(item?.task?.start, item?.task?.end)).toBe(form === "glyph" ? mark : `[${mark}]`);
  });

  const none = [
    "- [ ]",
    "- [ ]a",
    "- [a] b",
    "- [x](y)",
    "- [a/b] c",
    "- [x/☐/x] c",
    "- # [ ] a",
    "-",
    "- a ☐",
    "- [X/Y] a",
  ];
  it.each(none)("none in %s", (text) => {
    expect(scanBlocks(text).ofKind("item")[0]?.task).toBeUndefined();
  });
});

describe("lists", () => {
  it("know their numbers, markers and tightness", () => {
    const text = "3) a\n4) b\n\n* c\n\n* d\n";
    const [ordered, bullets] = scanBlocks(text).ofKind("list");
    expect(ordered).toMatchObject({ ordered: true, first: 3, tight: true });
    expect(bullets).toMatchObject({ ordered: false, first: undefined, tight: false });
    const markers = scanBlocks(text)
      .ofKind("item")
      .map(({ marker }) => text.slice(marker.start, marker.end));
    expect(markers).toEqual(["3)", "4)", "*", "*"]);
  });
});

describe("paragraphs", () => {
  it("give their lines without prefixes", () => {
    const text = "> - a\n>   b \nc\n";
    const [paragraph] = scanBlocks(text).ofKind("paragraph");
    expect(paragraph?.lines.map(({ start, end }) => text.slice(start, end))).toEqual(["a", "b ", "c"]);
  });
});

describe("tables", () => {
  it("give rows and cells with their content", () => {
    const text = "| a | `b \\| c` |\n|---|:-:|\n|  | d |\ne\n";
    const tree = scanBlocks(text);
    expect(tree.ofKind("table-row").map((row) => row.header)).toEqual([true, false, false]);
    const cells = tree.ofKind("table-cell").map(({ content }) => text.slice(content.start, content.end));
    expect(cells).toEqual(["a", "`b \\| c`", "", "d", "e"]);
  });
});

describe("html", () => {
  const rows: readonly (readonly [text: string, comment: boolean])[] = [
    ["<!-- a -->", true],
    ["  <!-- a\nb -->  ", true],
    ["<!-- a --> b", false],
    ["<!-- a --><!-- b -->", false],
    ["<!-- a", false],
    ["<div>\na\n</div>", false],
  ];
  it.each(rows)("%j is a whole comment: %s", (text, comment) => {
    const [html] = scanBlocks(text).ofKind("html");
    expect(html?.comment).toBe(comment);
    expect(html?.lines).toHaveLength(text.split("\n").length);
  });

  const kinds: readonly (readonly [text: string, html: string | undefined])[] = [
    ["<pre>a\n\nb</pre>c\nd", "<pre>a\n\nb</pre>c"],
    ["<?a\n\nb?>\nc", "<?a\n\nb?>"],
    ["<!A\nb>\nc", "<!A\nb>"],
    ["<![CDATA[\n\n]]>\nc", "<![CDATA[\n\n]]>"],
    ["</p\na\n\nb", "</p\na"],
    ["<a b=\"c\" d='e' f=g h/>\na\n\nb", "<a b=\"c\" d='e' f=g h/>\na"],
    ['<a b="c"d>\n', undefined],
    ["<a b='c>\n", undefined],
    ["<a b=>\n", undefined],
    ["<a 1>\n", undefined],
    ["<a> b\n", undefined],
    ["<div/a>\n", undefined],
    ["<1>\n", undefined],
    ["<!1>\n", undefined],
    ["<", undefined],
  ];
  it.each(kinds)("%j", (text, expected) => {
    const [html] = scanBlocks(text).ofKind("html");
    expect(html && text.slice(html.start, html.end)).toBe(expected);
  });
});

describe("definitions", () => {
  const rows: readonly (readonly [text: string, definitions: readonly string[], paragraph: string | undefined])[] = [
    ["[a]: b", ["[a]: b"], undefined],
    ["[a]: <b c> 'd'\n[e]:\nf\n\"g\nh\"\ni", ["[a]: <b c> 'd'", '[e]:\nf\n"g\nh"'], "i"],
    ["[a]: b\n'c' d", ["[a]: b"], "'c' d"],
    ["[a]: b 'c' d", [], "[a]: b 'c' d"],
    ["[a]: b(c) (d\\))", ["[a]: b(c) (d\\))"], undefined],
    ["[a]: b(c", [], "[a]: b(c"],
    ["[a\\]\nb]: c\\(", ["[a\\]\nb]: c\\("], undefined],
    ["[a]: <b\\>c>", ["[a]: <b\\>c>"], undefined],
    ["[a]: <b", [], "[a]: <b"],
    ["[ ]: b", [], "[ ]: b"],
    ["[a[]: b", [], "[a[]: b"],
    ["[a", [], "[a"],
    ["[a] b", [], "[a] b"],
    ["[a]:", [], "[a]:"],
    [`[${"a".repeat(1001)}]: b`, [], `[${"a".repeat(1001)}]: b`],
  ];
  it.each(rows)("%j", (text, definitions, paragraph) => {
    const tree = scanBlocks(text);
    expect(tree.ofKind("definition").map(({ start, end }) => text.slice(start, end))).toEqual(definitions);
    const [first] = tree.ofKind("paragraph");
    expect(first && text.slice(first.start, first.end)).toBe(paragraph);
  });
});

describe("the tree", () => {
  const text = "# a\n\n- b\n\n  > c\n- d\n\n| e |\n| - |\n";

  it("gives one view for one block", () => {
    const tree = scanBlocks(text);
    const list = tree.ofKind("list")[0] as AnyBlock;
    expect(list.children[0]?.parent).toBe(list);
    expect(list.parent).toBe(tree.root);
    expect(tree.root.parent).toBeUndefined();
    expect(tree.root.children).toBe(tree.root.children);
    expect([...walk(tree.root)]).toHaveLength(tree.count);
  });

  const places: readonly (readonly [offset: number, kind: string])[] = [
    [0, "heading"],
    [3, "heading"],
    [4, "document"],
    [5, "item"],
    [7, "paragraph"],
    [13, "quote"],
    [14, "paragraph"],
    [text.indexOf("e"), "table-cell"],
    [text.length, "document"],
  ];
  it.each(places)("has at offset %i a %s", (offset, kind) => {
    expect(scanBlocks(text).at(offset).kind).toBe(kind);
  });

  it("gives the later of two cells that touch", () => {
    const table = "| a | b |\n|-|-|\n";
    expect(scanBlocks(table).at(4)).toMatchObject({ start: 4 });
  });
});
