import { describe, expect, it } from "vitest";
import { createPaint } from "#render/paint";
import { traceDiagrams } from "#render/trace-diagrams";
import { createSessionWorld } from "../support/session-world.ts";
import type { ShownLink, ShownTrace } from "#render/shown-trace";
import { renderTracePage } from "#render/trace-page";

const link = (from: string, to: string, more: Partial<ShownLink> = {}): ShownLink => ({
  from,
  to,
  tag: "brd",
  status: "exact",
  direction: "downstream",
  chain: true,
  path: "docs/a.md",
  line: 1,
  ...more,
});

function traceOf(root: string, links: readonly ShownLink[]): ShownTrace {
  const ids = [...new Set([root, ...links.flatMap(({ from, to }) => [from, to])])];
  return { root, nodes: ids.map((id) => ({ id, path: "docs/a.md", line: 1 })), links };
}

/** Names `A0`, `A1` and so on. */
const names = (letter: string, count: number): readonly string[] =>
  Array.from({ length: count }, (_, index) => `${letter}${index}`);
const page = (trace: ShownTrace, all = false): string => renderTracePage(trace, createPaint(false), 100, all);

describe("the page of a large chain", () => {
  it.each([
    [20, 20, undefined],
    [21, 21, undefined],
    [22, 20, "  and 2 more\n  2 of 22 are not shown: iplan trace R --all\n"],
    [10_000, 20, "  and 9980 more\n  9980 of 10000 are not shown: iplan trace R --all\n"],
  ])("shows of %i branches %i", (count, shown, rest) => {
    const trace = traceOf(
      "R",
      names("A", count).map((id) => link(id, "R")),
    );
    const text = page(trace);
    expect(text.match(/^ {2}A\d+/gmu)).toHaveLength(shown);
    if (rest === undefined) expect(text).not.toContain("not shown");
    else expect(text).toContain(rest);
    expect(page(trace, true).match(/^ {2}A\d+/gmu)).toHaveLength(count);
    expect(page(trace, true)).not.toContain("not shown");
  });

  it("shows of a chain of 5000 the first 200, and no line grows without end", () => {
    const chain = ["R", ...names("A", 5000)];
    const trace = traceOf(
      "R",
      chain.slice(1).map((id, index) => link(id, chain[index] ?? "")),
    );
    const text = page(trace);
    expect(text).toContain("  4800 of 5000 are not shown: iplan trace R --all\n");
    expect(text.length).toBeLessThan(60_000);
  });

  it("counts a node that is reached twice once, and repeats do not use up the room", () => {
    const [parents, grand] = [names("P", 19), names("G", 19)];
    const links = parents.flatMap((parent) => [link(parent, "R"), ...grand.map((one) => link(one, parent))]);
    expect(page(traceOf("R", links))).not.toContain("not shown");
  });

  it("names an id so that a shell takes it for one word", () => {
    const trace = traceOf(
      "it's 1",
      names("A", 30).map((id) => link(id, "it's 1")),
    );
    expect(page(trace)).toContain("iplan trace 'it'\\''s 1' --all");
  });

  it("tells of links beside the chain where there is nothing else, but not of a document's own elements", () => {
    const beside = (id: string) => link(id, "R:E", { chain: false });
    expect(page(traceOf("R:E", [beside("S:E"), beside("T:E"), beside("R")]))).toContain(
      "downstream: nothing in the chain; 2 others beside it: --json\n",
    );
    expect(page(traceOf("R:E", []))).toContain("downstream: nothing\n");
    expect(page(traceOf("R:E", [beside("S:E"), link("T:E", "R:E")]))).not.toContain("beside");
  });
});

describe("a diagram of a large chain", () => {
  const links = [
    ...names("U", 400).map((id) => link("R", id, { direction: "upstream" })),
    ...names("D", 1000).map((id) => link(id, "R")),
  ];
  const trace = traceOf("R", links);

  it.each([
    ["mermaid", " --> ", '  more["and 1100 links more, drawn with --all"]'],
    ["dot", " -> ", '  more [shape=plaintext, label="and 1100 links more, drawn with --all"];'],
  ] as const)("%s draws the nearest of both directions, and tells of the others", (format, arrow, rest) => {
    const text = traceDiagrams[format](trace);
    expect(text.split(arrow)).toHaveLength(301);
    expect(text).toContain('"U149"');
    expect(text).not.toContain('"U150"');
    expect(text).toContain('"D149"');
    expect(text.split("\n")).toContain(rest);
    expect(traceDiagrams[format](trace, true).split(arrow)).toHaveLength(1401);
    expect(traceDiagrams[format](trace, true)).not.toContain("more");
  });

  it("gives one direction what the other leaves", () => {
    const few = traceOf("R", [link("R", "U", { direction: "upstream" }), ...links.slice(400)]);
    expect(traceDiagrams.mermaid(few)).toContain('"D298"');
    expect(traceDiagrams.mermaid(few)).toContain('"U"');
  });
});

describe("iplan trace --all", () => {
  const stories = names("", 30).map((id) => `### US-${id.padStart(3, "0")}: Story\n\n@brd: BRD-001:FR-001\n`);
  const world = createSessionWorld({
    "docs/BRD/BRD-001_needs.md": "# BRD-001: Needs\n\n### FR-001: Told\n",
    "docs/PRD/PRD-001_product.md": `# PRD-001: Product\n\n${stories.join("\n")}`,
  });

  it.each([
    ["the page", [], 30, 20],
    ["a diagram", ["--format", "mermaid"], 60, 60],
  ])("shows everything on %s", async (_, words, all, usual) => {
    const count = async (more: readonly string[]): Promise<number> =>
      (await world.call(["trace", "BRD-001:FR-001", ...words, ...more])).stdout.split(/PRD-001:US|-->/u).length - 1;
    expect(await count(["--all"])).toBe(all);
    expect(await count([])).toBe(usual);
  });
});
