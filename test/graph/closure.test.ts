import { describe, expect, it } from "vitest";
import type { TraceGraph } from "#graph/graph";
import { artifact, source, test, type TraceBuilder } from "../support/trace-builder.ts";
import { graphOf, nodeOf } from "../support/trace-graph.ts";

/** Documents 1 of all layers down to SYS, each with the tags of those above, and BRD-002 to be wrong with. */
const above: readonly TraceBuilder[] = [
  artifact("BRD-001").element("FR-1").element("FR-2"),
  artifact("BRD-002").element("FR-1"),
  artifact("PRD-001").tag("brd: BRD-001:FR-1").element("US-1"),
  artifact("EARS-001").tags("brd: BRD-001:FR-1", "prd: PRD-001:US-1").element("EVENT-1"),
  artifact("BDD-001").tags("brd: BRD-001:FR-1", "prd: PRD-001:US-1", "ears: EARS-001:EVENT-1").scenario("Works", "s-1"),
  artifact("ADR-001").tags("brd: BRD-001:FR-1", "prd: PRD-001:US-1", "ears: EARS-001:EVENT-1", "bdd: BDD-001:s-1"),
];
const chain = ["brd: BRD-001:FR-1", "prd: PRD-001:US-1", "ears: EARS-001:EVENT-1", "bdd: BDD-001:s-1", "adr: ADR-001"];

/** Differences as sentences. */
function differences(graph: TraceGraph, id: string): readonly string[] {
  const ids = (nodes: readonly number[]): string => nodes.map((node) => graph.idOf(node)).join(" ");
  return graph.differences(nodeOf(graph, id)).map((difference) => {
    const { kind, level, tag, missing, surplus, unique, none, path } = difference;
    const facts = [level, ...(unique ? ["unique"] : []), ...(none ? ["null"] : [])].join(", ");
    const what = [
      missing.length > 0 ? `expects ${ids(missing)}` : "",
      surplus.length > 0 ? `wrote ${ids(surplus)}` : "",
    ];
    return `@${tag} ${kind} (${facts}): ${what.filter((text) => text !== "").join(", ")} [${ids(path)}]`;
  });
}

describe("the closure of a document", () => {
  it("holds when it wrote what its parents lead to", () => {
    const graph = graphOf(...above, artifact("SYS-001").tags(...chain));
    expect(differences(graph, "SYS-001")).toEqual([]);
    expect(differences(graph, "BRD-001")).toEqual([]);
  });

  it("misses what the chain of parents leads to, and says through which", () => {
    const graph = graphOf(
      ...above,
      artifact("SYS-001").tags("adr: ADR-001", "prd: PRD-001:US-1", "ears: EARS-001:EVENT-1"),
    );
    expect(differences(graph, "SYS-001")).toEqual([
      "@brd missing (document, unique): expects BRD-001:FR-1 [SYS-001 ADR-001 BDD-001:scenario-works EARS-001:EVENT-1 PRD-001:US-1 BRD-001:FR-1]",
      "@bdd missing (document, unique): expects BDD-001:scenario-works [SYS-001 ADR-001 BDD-001:scenario-works]",
    ]);
  });

  it("is contradicted by an ancestor of another chain", () => {
    const graph = graphOf(...above, artifact("SYS-001").tags("brd: BRD-002:FR-1", ...chain.slice(1)));
    expect(differences(graph, "SYS-001")).toEqual([
      "@brd contradicting (document, unique): expects BRD-001:FR-1, wrote BRD-002:FR-1 [SYS-001 ADR-001 BDD-001:scenario-works EARS-001:EVENT-1 PRD-001:US-1 BRD-001:FR-1]",
    ]);
  });

  it("is contradicted in an element when the document is right", () => {
    const graph = graphOf(...above, artifact("SYS-001").tags("brd: BRD-001:FR-2", ...chain.slice(1)));
    expect(differences(graph, "SYS-001")).toEqual([
      "@brd contradicting (element, unique): expects BRD-001:FR-1, wrote BRD-001:FR-2 [SYS-001 ADR-001 BDD-001:scenario-works EARS-001:EVENT-1 PRD-001:US-1 BRD-001:FR-1]",
    ]);
  });

  it("has too much when more than the right ancestor stands there", () => {
    const graph = graphOf(...above, artifact("SYS-001").tags("brd: BRD-002:FR-1", ...chain));
    expect(differences(graph, "SYS-001")).toEqual([
      "@brd surplus (document, unique): wrote BRD-002:FR-1 [SYS-001 ADR-001 BDD-001:scenario-works EARS-001:EVENT-1 PRD-001:US-1 BRD-001:FR-1]",
    ]);
  });

  it("is satisfied by the document when its element is expected, and the other way round", () => {
    const graph = graphOf(...above, artifact("SYS-001").tags("brd: BRD-001", ...chain.slice(1)));
    expect(differences(graph, "SYS-001")).toEqual([]);
  });

  it("is not judged where the parents lead nowhere", () => {
    const graph = graphOf(
      artifact("BRD-001"),
      artifact("SYS-001"),
      artifact("REQ-001").tags("sys: SYS-001", "brd: BRD-001"),
    );
    expect(differences(graph, "REQ-001")).toEqual([]);
  });

  it("blames the document that broke the chain, not those below it", () => {
    const graph = graphOf(
      ...above,
      artifact("SYS-001").tags("brd: BRD-002:FR-1", ...chain.slice(1)),
      artifact("REQ-001").tags("sys: SYS-001", ...chain),
    );
    expect(differences(graph, "SYS-001")).toHaveLength(1);
    expect(differences(graph, "REQ-001")).toEqual([]);
  });

  it("takes a copy when no chain reaches a type, and is not certain of it", () => {
    const graph = graphOf(
      ...above,
      artifact("SYS-001").tags("brd: BRD-001:FR-1"),
      artifact("REQ-001").tags("sys: SYS-001", "prd: PRD-001:US-1"),
      artifact("SPEC-001").tags("req: REQ-001", "sys: SYS-001", "brd: BRD-001"),
    );
    expect(differences(graph, "SPEC-001")).toEqual([
      "@prd missing (document): expects PRD-001:US-1 [SPEC-001 PRD-001:US-1]",
    ]);
  });

  it("is the union of several parents, and then not unique", () => {
    const graph = graphOf(
      artifact("BRD-001"),
      artifact("BRD-002"),
      artifact("PRD-001").tag("brd: BRD-001"),
      artifact("PRD-002").tag("brd: BRD-002"),
      artifact("EARS-001").tags("prd: PRD-001, PRD-002", "brd: BRD-001"),
    );
    expect(differences(graph, "EARS-001")).toEqual([
      "@brd missing (document): expects BRD-002 [EARS-001 PRD-002 BRD-002]",
    ]);
  });

  it("goes by the next layer when the nearest is not written", () => {
    const graph = graphOf(...above, artifact("REQ-001").tags("adr: ADR-001", "brd: BRD-002:FR-1"));
    expect(differences(graph, "REQ-001")).toContain(
      "@bdd missing (document, unique): expects BDD-001:scenario-works [REQ-001 ADR-001 BDD-001:scenario-works]",
    );
  });

  it("does not hang on cycles, self reference or tags that point upward", () => {
    const graph = graphOf(
      artifact("REQ-001").tags("req: REQ-001, REQ-002", "spec: SPEC-001"),
      artifact("REQ-002").tag("req: REQ-001"),
      artifact("SPEC-001").tag("req: REQ-001"),
    );
    expect(differences(graph, "REQ-001")).toEqual([]);
    expect(differences(graph, "SPEC-001")).toEqual([]);
  });
});

describe("the closure of an element", () => {
  const parents = [
    artifact("SYS-001").element("F-1").tag("brd: BRD-001").element("F-2").tag("brd: BRD-002"),
    artifact("BRD-001"),
    artifact("BRD-002"),
  ];

  it("is that of its own tags", () => {
    const graph = graphOf(
      ...parents,
      artifact("REQ-001")
        .tags("sys: SYS-001:F-1", "brd: BRD-001")
        .element("AC-1")
        .tags("sys: SYS-001:F-2", "brd: BRD-002")
        .element("AC-2")
        .tag("sys: SYS-001:F-2"),
    );
    expect(differences(graph, "REQ-001")).toEqual([]);
    expect(differences(graph, "REQ-001:AC-1")).toEqual([]);
    expect(differences(graph, "REQ-001:AC-2")).toEqual([
      "@brd contradicting (document, unique): expects BRD-002, wrote BRD-001 [REQ-001:AC-2 SYS-001:F-2 BRD-002]",
    ]);
  });

  it("does not bind one that names the whole document", () => {
    const graph = graphOf(...parents, artifact("REQ-001").tags("sys: SYS-001", "brd: BRD-002"));
    expect(differences(graph, "REQ-001")).toEqual([]);
    const other = graphOf(...parents, artifact("BRD-003"), artifact("REQ-001").tags("sys: SYS-001", "brd: BRD-003"));
    expect(differences(other, "REQ-001")).toEqual(["@brd surplus (document): wrote BRD-003 []"]);
  });
});

describe("optional layers", () => {
  const contract = [
    artifact("REQ-001"),
    artifact("CTR-001").tag("req: REQ-001"),
    artifact("SPEC-001").tags("req: REQ-001", "ctr: CTR-001"),
    artifact("SPEC-002").tag("req: REQ-001"),
  ];

  /** Optional layers of a node as sentences. */
  function conditional(graph: TraceGraph, id: string): readonly string[] {
    return graph.conditional(nodeOf(graph, id)).map(({ tag, ancestors, written, inProject }) => {
      const demanded =
        ancestors.length > 0 ? `demanded by ${ancestors.map((node) => graph.idOf(node)).join(" ")}` : "free";
      return `@${tag}: ${demanded}, ${written ? "written" : "not written"}, ${inProject ? "in" : "not in"} the project`;
    });
  }

  it("are demanded when an ancestor has one", () => {
    const graph = graphOf(...contract, artifact("TASKS-001").tags("spec: SPEC-001", "req: REQ-001"));
    expect(conditional(graph, "TASKS-001")).toEqual([
      "@impl: free, not written, not in the project",
      "@ctr: demanded by CTR-001, not written, in the project",
    ]);
    expect(differences(graph, "TASKS-001")).toEqual([
      "@ctr missing (document, unique): expects CTR-001 [TASKS-001 SPEC-001 CTR-001]",
    ]);
  });

  it("are free when only the project has one", () => {
    const graph = graphOf(...contract, artifact("TASKS-001").tags("spec: SPEC-002", "req: REQ-001", "impl: IMPL-009"));
    expect(conditional(graph, "TASKS-001")).toEqual([
      "@impl: free, written, not in the project",
      "@ctr: free, not written, in the project",
    ]);
    expect(differences(graph, "TASKS-001")).toEqual([]);
  });

  it("are denied by `null`, which is told apart", () => {
    const graph = graphOf(...contract, artifact("TASKS-001").tags("spec: SPEC-001", "req: REQ-001", "ctr: null"));
    expect(differences(graph, "TASKS-001")).toEqual([
      "@ctr missing (document, unique, null): expects CTR-001 [TASKS-001 SPEC-001 CTR-001]",
    ]);
    expect(conditional(graph, "REQ-001")).toEqual([]);
  });
});

describe("source and tests", () => {
  it("have the ancestors of the plan and of the code they name", () => {
    const graph = graphOf(
      artifact("TASKS-001"),
      artifact("IPLAN-001").tag("tasks: TASKS-001"),
      source("src/a.ts").tags("iplan: IPLAN-001", "tasks: TASKS-001"),
      test("tests/a.test.ts").tags("code: src/a.ts", "iplan: IPLAN-001"),
    );
    expect(differences(graph, "src/a.ts")).toEqual([]);
    expect(differences(graph, "tests/a.test.ts")).toEqual([
      "@tasks missing (document, unique): expects TASKS-001 [tests/a.test.ts src/a.ts IPLAN-001 TASKS-001]",
    ]);
  });
});
