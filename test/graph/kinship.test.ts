import { describe, expect, it } from "vitest";
import type { TraceGraph } from "#graph/graph";
import { createTraceReader } from "#parse/trace";
import { aidoc16 } from "#profile/aidoc-16";
import { artifact } from "../support/trace-builder.ts";
import { graphOf, nodeOf } from "../support/trace-graph.ts";

const ids = (graph: TraceGraph, nodes: Iterable<number>): readonly string[] =>
  [...nodes].map((node) => graph.idOf(node));
const reader = createTraceReader(aidoc16);
const read = (id: string, text: string) =>
  reader.read({ path: `docs/${id}.md`, role: "artifact", type: id.split("-")[0] ?? "", id, template: false }, text);

describe("kinship", () => {
  const graph = graphOf(
    artifact("BRD-001").element("FR-1"),
    artifact("BRD-002"),
    artifact("PRD-001").element("US-1").tag("brd: BRD-001:FR-1").element("US-2").tag("brd: BRD-002"),
    artifact("EARS-001").tags("brd: BRD-001:FR-1", "prd: PRD-001:US-1"),
  );

  it.each([
    ["BRD-001", [], ["PRD-001"]],
    ["BRD-002", [], ["PRD-001"]],
    ["PRD-001", ["BRD-001", "BRD-002"], ["EARS-001"]],
    ["EARS-001", ["PRD-001"], []],
  ])("%s has the parents %j and the children %j, elements counted and repeated ancestors not", (id, parents, children) => {
    const node = nodeOf(graph, id);
    expect(ids(graph, graph.kinship.parents(node))).toEqual(parents);
    expect(ids(graph, graph.kinship.children(node))).toEqual(children);
  });

  it("changes with the documents", () => {
    const growing = graphOf(artifact("BRD-001"), artifact("PRD-001").tag("brd: BRD-001"));
    const node = nodeOf(growing, "BRD-001");
    expect(ids(growing, growing.kinship.children(node))).toEqual(["PRD-001"]);
    growing.set(artifact("PRD-002").tag("brd: BRD-001").build());
    growing.remove("docs/PRD/PRD-001_x.md");
    expect(ids(growing, growing.kinship.children(node))).toEqual(["PRD-002"]);
  });

  it("knows who lists a document among its sources", () => {
    const listing = graphOf(
      read("BRD-001", "# BRD-001\n"),
      read("PRD-001", "# PRD-001\n\n## Upstream Sources\n\n- BRD-001\n"),
    );
    const node = nodeOf(listing, "BRD-001");
    expect(ids(listing, listing.kinship.mentioningAsSource(node))).toEqual(["PRD-001"]);
    listing.set(read("PRD-001", "# PRD-001\n\n## Downstream Artifacts\n\n- BRD-001\n"));
    expect(ids(listing, listing.kinship.mentioningAsSource(node))).toEqual([]);
  });

  it("knows the files that make up a document", () => {
    const split = graphOf(
      artifact("TASKS-001").path("docs/a.md").part(1),
      artifact("TASKS-001").path("docs/b.md").part(2),
    );
    expect(split.holdersOf(nodeOf(split, "TASKS-001"))).toEqual(["docs/a.md", "docs/b.md"]);
  });
});
