import { describe, expect, it } from "vitest";
import type { TraceGraph } from "#graph/graph";
import { definitionKind } from "#model/trace";
import { artifact, page, source, test } from "../support/trace-builder.ts";
import { graphOf, nodeOf } from "../support/trace-graph.ts";

const ids = (graph: TraceGraph, nodes: readonly number[]): readonly string[] => nodes.map((node) => graph.idOf(node));

describe("coverage", () => {
  const graph = graphOf(
    artifact("BRD-001").element("FR-1").element("FR-2").element("FR-3").element("intro", definitionKind.topic),
    artifact("PRD-001").element("US-1").tag("brd: BRD-001:FR-1").element("US-2").tag("brd: BRD-001:FR-2"),
    artifact("EARS-001").element("EVENT-1").tags("prd: PRD-001:US-1", "brd: BRD-001:FR-1"),
  );

  it("is shallow when the next layer names a node", () => {
    const covered = ["BRD-001", "BRD-001:FR-1", "BRD-001:FR-2", "BRD-001:FR-3", "PRD-001:US-2"];
    expect(covered.map((id) => graph.coverage.isCovered(nodeOf(graph, id)))).toEqual([true, true, true, false, false]);
  });

  it("is deep when what names it is covered itself, down to the last layer of the project", () => {
    const deep = ["BRD-001", "BRD-001:FR-1", "BRD-001:FR-2", "PRD-001:US-1", "EARS-001:EVENT-1"];
    expect(deep.map((id) => graph.coverage.isDeep(nodeOf(graph, id)))).toEqual([true, true, false, true, true]);
  });

  it("is counted for each pair of types", () => {
    expect(graph.coverage.pairs()).toEqual([
      { from: "BRD", by: "PRD", demanded: true, total: 4, covered: 3, deep: 2 },
      { from: "BRD", by: "EARS", demanded: false, total: 4, covered: 2, deep: 0 },
      { from: "PRD", by: "EARS", demanded: true, total: 3, covered: 2, deep: 2 },
    ]);
  });

  it("changes with the documents", () => {
    const growing = graphOf(artifact("BRD-001").element("FR-1"), artifact("PRD-001").tag("brd: BRD-001:FR-1"));
    const node = nodeOf(growing, "BRD-001:FR-1");
    expect(growing.coverage.isDeep(node)).toBe(true);
    growing.set(artifact("EARS-001").build());
    expect(growing.coverage.isDeep(node)).toBe(false);
    expect(growing.coverage.isCovered(node)).toBe(true);
    growing.remove("docs/PRD/PRD-001_x.md");
    expect(growing.coverage.isCovered(node)).toBe(false);
  });

  it("by a document as a whole counts for its elements where elements need not be named", () => {
    const loose = graphOf(
      artifact("BRD-001").element("FR-1"),
      artifact("PRD-001").tag("brd: BRD-001"),
      artifact("REQ-001").element("AC-1"),
      artifact("SPEC-001").tag("req: REQ-001"),
    );
    expect(loose.coverage.isNamedBy(nodeOf(loose, "REQ-001:AC-1"), "SPEC")).toBe(true);
    expect(loose.coverage.isNamedBy(nodeOf(loose, "BRD-001:FR-1"), "PRD")).toBe(false);
  });
});

describe("orphans", () => {
  it("have nothing above or nothing below", () => {
    const graph = graphOf(
      artifact("BRD-001"),
      artifact("BRD-002"),
      artifact("PRD-001").element("US-1").tag("brd: BRD-001"),
      artifact("PRD-002").tag("brd: BRD-009"),
      page("README.md").tag("brd: BRD-002"),
    );
    const { rootless, childless } = graph.orphans();
    expect(ids(graph, rootless)).toEqual(["PRD-002"]);
    expect(ids(graph, childless)).toEqual(["BRD-002"]);
  });
});

describe("cycles", () => {
  it("are found among documents of one layer, upward tags and self reference", () => {
    const graph = graphOf(
      artifact("REQ-001").tag("req: REQ-002"),
      artifact("REQ-002").tag("req: REQ-003"),
      artifact("REQ-003").tags("req: REQ-001, REQ-004"),
      artifact("REQ-004").tag("spec: SPEC-001"),
      artifact("SPEC-001").tag("req: REQ-004"),
      artifact("REQ-005").tag("req: REQ-005"),
      artifact("REQ-006").element("A").tag("req: REQ-006:B").element("B"),
    );
    expect(graph.cycles().map((circle) => ids(graph, circle))).toEqual([
      ["REQ-001", "REQ-002", "REQ-003"],
      ["REQ-004", "SPEC-001"],
      ["REQ-005"],
    ]);
  });

  it("of any length are found without recursion", () => {
    const count = 30_000;
    const name = (index: number): string => `REQ-${10_000 + (index % count)}`;
    const graph = graphOf(
      ...Array.from({ length: count }, (_, index) => artifact(name(index)).tag(`req: ${name(index + 1)}`)),
    );
    expect(graph.cycles()[0]).toHaveLength(count);
    expect(graph.components()).toHaveLength(1);
    expect(graph.traceFrom(nodeOf(graph, name(0))).nodes).toHaveLength(count);
  });
});

describe("components", () => {
  it("are documents that hang together", () => {
    const graph = graphOf(
      artifact("BRD-001"),
      artifact("PRD-001").tag("brd: BRD-001"),
      artifact("EARS-001").tag("prd: PRD-001"),
      artifact("BRD-002"),
      artifact("PRD-002").tags("brd: BRD-002", "brd: BRD-404"),
    );
    expect(graph.components().map((group) => ids(graph, group))).toEqual([
      ["BRD-001", "EARS-001", "PRD-001"],
      ["BRD-002", "PRD-002"],
    ]);
  });
});

describe("a trace", () => {
  const documents = [
    artifact("BRD-001").element("FR-1").element("FR-2"),
    artifact("PRD-001").element("US-1").tag("brd: BRD-001:FR-1"),
    artifact("EARS-001").element("EVENT-1").tags("prd: PRD-001:US-1", "brd: BRD-001:FR-1"),
    artifact("BDD-001").scenario("Works").tags("ears: EARS-001:EVENT-1", "prd: PRD-001:US-1", "brd: BRD-001:FR-1"),
  ];

  it("goes up and down, and tells steps of the chain from what repeats them", () => {
    const graph = graphOf(...documents);
    const { nodes, hops, brokenAt } = graph.traceFrom(nodeOf(graph, "EARS-001:EVENT-1"));
    expect(ids(graph, nodes)).toEqual(["EARS-001:EVENT-1", "PRD-001:US-1", "BRD-001:FR-1", "BDD-001:scenario-works"]);
    expect(hops.map((hop) => `${graph.idOf(hop.from)} ${hop.chain ? "->" : ".."} ${graph.idOf(hop.to)}`)).toEqual([
      "EARS-001:EVENT-1 -> PRD-001:US-1",
      "EARS-001:EVENT-1 .. BRD-001:FR-1",
      "PRD-001:US-1 -> BRD-001:FR-1",
      "BDD-001:scenario-works -> EARS-001:EVENT-1",
    ]);
    expect(brokenAt).toBeUndefined();
  });

  it("names the first link that leads nowhere", () => {
    const graph = graphOf(...documents.slice(2));
    const { brokenAt } = graph.traceFrom(nodeOf(graph, "BDD-001"));
    expect(brokenAt).toMatchObject({
      direction: "upstream",
      tag: "prd",
      link: { to: "PRD-001:US-1", status: "missing" },
    });
  });

  it("names the node that has nothing above", () => {
    const graph = graphOf(artifact("PRD-001").element("US-1"), artifact("EARS-001").tag("prd: PRD-001:US-1"));
    const { brokenAt } = graph.traceFrom(nodeOf(graph, "EARS-001"));
    expect(brokenAt).toEqual({ direction: "upstream", node: nodeOf(graph, "PRD-001:US-1"), tag: "brd" });
  });

  it("names the node that nothing below answers for", () => {
    const graph = graphOf(...documents, artifact("EARS-002").tags("prd: PRD-001:US-1", "brd: BRD-001:FR-1"));
    const { brokenAt } = graph.traceFrom(nodeOf(graph, "PRD-001:US-1"));
    expect(brokenAt).toEqual({ direction: "downstream", node: nodeOf(graph, "EARS-002"), tag: "bdd" });
  });
});

describe("the impact of a change", () => {
  const graph = graphOf(
    artifact("REQ-001").element("AC-1").element("AC-2"),
    artifact("SPEC-001").element("one").tag("req: REQ-001:AC-1").element("two").tag("req: REQ-001:AC-2"),
    artifact("SPEC-002").tag("req: REQ-001").element("three").element("four").tag("req: REQ-009"),
    artifact("TASKS-001").tag("spec: SPEC-001:two"),
    artifact("TASKS-002").tag("spec: SPEC-002:three"),
    artifact("TASKS-004").tag("spec: SPEC-002:four"),
    source("src/a.ts").tag("tasks: TASKS-001"),
    test("test/a.test.ts").tag("code: src/a.ts"),
  );

  it("is everything that depends on an element, or on its document as a whole", () => {
    const { touched, via } = graph.impactOf([nodeOf(graph, "REQ-001:AC-2")]);
    expect(ids(graph, touched)).toEqual([
      "SPEC-001:two",
      "SPEC-002",
      "SPEC-002:three",
      "TASKS-001",
      "TASKS-002",
      "src/a.ts",
      "test/a.test.ts",
    ]);
    expect(graph.idOf(via.get(nodeOf(graph, "test/a.test.ts")) ?? -1)).toBe("src/a.ts");
  });

  it("of a document is that of all its elements", () => {
    const { changed, touched } = graph.impactOf([nodeOf(graph, "REQ-001")]);
    expect(ids(graph, changed)).toEqual(["REQ-001", "REQ-001:AC-1", "REQ-001:AC-2"]);
    expect(ids(graph, touched)).toContain("SPEC-001:one");
  });
});
