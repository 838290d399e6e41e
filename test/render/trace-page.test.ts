import { expect, test } from "vitest";
import { createPaint } from "#render/paint";
import type { ShownLink, ShownTrace } from "#render/shown-trace";
import { renderTracePage } from "#render/trace-page";

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

const node = (id: string) => ({ id, path: `docs/${id}.md`, line: 1 });
const grand = ["B1", "B2", "B3", "B4"];

function page(links: readonly ShownLink[]): readonly string[] {
  const ids = [...new Set(links.flatMap(({ from, to }) => [from, to]))];
  const trace: ShownTrace = { root: "E", nodes: ids.map(node), links };
  return renderTracePage(trace, createPaint(false), 100).split("\n");
}

test("what stands above is named by its first two and how many more", () => {
  const lines = page(["P1", "P2"].flatMap((parent) => [link("E", parent), ...grand.map((one) => link(parent, one))]));
  expect(lines.slice(3, 10)).toEqual([
    "upstream (from what it follows)",
    "  P1  docs/P1.md:1",
    ...grand.map((one) => `    ${one}  docs/${one}.md:1`),
    "  P2  docs/P2.md:1",
  ]);
  expect(lines[10]).toBe("    B1, B2 and 2 more  (see above)");
});

test("few repeated lines, and those of which there is something to say, stand by themselves", () => {
  const few = page([link("E", "P1"), link("E", "P2"), link("P1", "B1"), link("P2", "B1")]);
  expect(few).toContain("    B1  (see above)");
  const derived = page(
    ["P1", "P2"].flatMap((parent) => [
      link("E", parent),
      ...grand.map((one) => link(parent, one, { status: "derived", derivation: "slug of the heading" })),
    ]),
  );
  expect(derived.filter((line) => line.includes("by slug of the heading  (see above)"))).toHaveLength(4);
});
