import { describe, expect, it } from "vitest";
import { createSource } from "#model/source";
import { renderDocumentPage, type ShownDocument, type ShownTag } from "#render/document-page";
import { renderImpactPage, type ShownChange } from "#render/impact-page";
import { createPaint } from "#render/paint";

const plain = createPaint(false);
const tag = (more: Partial<ShownTag>): ShownTag => ({
  type: "brd",
  document: "BRD-001",
  raw: "BRD-001",
  live: true,
  optional: false,
  range: createSource("docs/a.md", new TextEncoder().encode("\n\n@brd: BRD-001\n")).range(8, 15),
  ...more,
});
const bare: ShownDocument = {
  document: { path: "docs/a.md", id: null, type: null, layer: null, title: null },
  tags: [],
  definitions: [],
  namedBy: [],
};
const pageOf = (more: Partial<ShownDocument>, paint = plain): readonly string[] =>
  renderDocumentPage({ ...bare, ...more }, paint, 100).split("\n");

describe("the page of a document", () => {
  it("names one without an id by its path", () => {
    expect(pageOf({}).slice(0, 2)).toEqual(["docs/a.md", "  docs/a.md"]);
  });

  it.each<[string, Partial<ShownTag>, string]>([
    ["leads to an element", { status: "exact" }, "exact"],
    ["is derived", { status: "derived", derivation: "title" }, "by title"],
    ["is derived without saying how", { status: "derived" }, "by derivation"],
    ["names a document alone", { status: "document-only" }, "names no element"],
    ["leads nowhere", { status: "missing" }, "missing"],
    ["says null", {}, "null"],
  ])("tells of a tag that %s", (_, more, status) => {
    expect(pageOf({ tags: [tag(more)] })).toContain(`  @brd  BRD-001  ${status}  :3`);
  });

  it("leaves out tags that are examples", () => {
    expect(pageOf({ tags: [tag({ live: false })] }).join("\n")).not.toContain("@brd");
  });

  it("escapes what a document says, and keeps its own colours", () => {
    const text = pageOf({ tags: [tag({ raw: "\u001Bc", status: "missing" })] }, createPaint(true)).join("\n");
    expect(text).toContain(createPaint(true).red("missing"));
    expect(text).not.toContain("\u001Bc");
  });
});

describe("the page of a change", () => {
  const change: ShownChange = { changed: ["BRD-001"], documents: [], code: [], tests: [] };

  it("says when there is nothing", () => {
    expect(renderImpactPage({ ...change, changed: [] }, plain, 100)).toBe("Nothing changed that the graph knows.\n");
  });

  it("names what is touched, with its elements and through what", () => {
    const documents = [{ path: "docs/p.md", id: "PRD-001", elements: ["US-1", "US-2"], via: ["BRD-001:FR-1"] }];
    const code = [{ path: "src/a\u001Bc.ts", id: "src/a\u001Bc.ts", elements: [], via: ["PRD-001"] }];
    expect(renderImpactPage({ ...change, documents, code }, plain, 100).split("\n")).toEqual([
      "Changed: BRD-001",
      "",
      "1 document to review",
      "  PRD-001  docs/p.md  US-1, US-2 through BRD-001:FR-1",
      "",
      "1 source file to look at",
      "  src/a\\ec.ts    through PRD-001",
      "",
      "0 test files to run",
      "",
    ]);
  });

  it("says of a file that nothing but itself touches that it changed", () => {
    const tests = [{ path: "test/a.ts", id: "test/a.ts", elements: [], via: [] }];
    expect(renderImpactPage({ ...change, tests }, plain, 100)).toContain("\n  test/a.ts    changed itself\n");
  });
});
