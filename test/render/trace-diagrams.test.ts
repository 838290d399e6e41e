import { describe, expect, it } from "vitest";
import { isDiagramFormat, traceDiagrams } from "#render/trace-diagrams";
import type { ShownLink, ShownTrace } from "#render/shown-trace";

const link = (from: string, to: string, more: Partial<ShownLink> = {}): ShownLink => ({
  from,
  to,
  tag: "brd",
  status: "exact",
  direction: "upstream",
  chain: true,
  path: "docs/a.md",
  line: 1,
  ...more,
});
const trace = (root: string, ...links: readonly ShownLink[]): ShownTrace => ({ root, nodes: [], links });

describe("a chain as a diagram", () => {
  it.each([
    ["exact", "  n1 --> n0", "  n1 -> n0;"],
    ["derived", "  n1 -.-> n0", "  n1 -> n0 [style=dashed];"],
    ["document-only", "  n1 -.-> n0", "  n1 -> n0 [style=dashed];"],
    ["missing", '  n1 -. "@brd missing" .-> n0', '  n1 -> n0 [style=dotted, label="@brd missing"];'],
    ["ambiguous", '  n1 -. "@brd ambiguous" .-> n0', '  n1 -> n0 [style=dotted, label="@brd ambiguous"];'],
    ["upward", '  n1 -. "@brd upward" .-> n0', '  n1 -> n0 [style=dotted, label="@brd upward"];'],
  ] as const)("draws a link that is %s", (status, mermaid, dot) => {
    const shown = trace("B", link("B", "A", { status }));
    expect(traceDiagrams.mermaid(shown).split("\n")).toEqual([
      "flowchart TD",
      '  n0["B"]',
      '  n1["A"]',
      mermaid,
      "  style n0 stroke-width:3px",
      "",
    ]);
    expect(traceDiagrams.dot(shown).split("\n")).toEqual([
      "digraph trace {",
      "  node [shape=box];",
      '  n0 [label="B", penwidth=3];',
      '  n1 [label="A"];',
      dot,
      "}",
      "",
    ]);
  });

  it("draws a pair once, and leaves out what only repeats the chain", () => {
    const shown = trace("C", link("C", "B"), link("C", "B", { tag: "prd" }), link("C", "A", { chain: false }));
    expect(traceDiagrams.dot(shown).match(/->/gu)).toHaveLength(1);
    expect(traceDiagrams.mermaid(shown)).not.toContain('"A"');
  });

  it.each([
    ["quotes and brackets", 'a"]b', '  n0["a#34;#93;b"]', '  n0 [label="a\\"]b", penwidth=3];'],
    ["a backslash", "a\\b", '  n0["a#92;b"]', '  n0 [label="a\\\\b", penwidth=3];'],
    ["a new line", "a\nb", '  n0["a#10;b"]', '  n0 [label="a b", penwidth=3];'],
  ])("keeps %s of an id inside of its label", (_, id, mermaid, dot) => {
    expect(traceDiagrams.mermaid(trace(id)).split("\n")[1]).toBe(mermaid);
    expect(traceDiagrams.dot(trace(id)).split("\n")[2]).toBe(dot);
  });

  it.each([
    ["mermaid", true],
    ["dot", true],
    ["text", false],
    ["toString", false],
  ])("knows whether %s is one", (name, is) => {
    expect(isDiagramFormat(name)).toBe(is);
  });
});
