import { describe, expect, it } from "vitest";
import { definitionKind, tagColumn, tagFlag, tagWidth } from "#model/trace";
import { createTraceReader } from "#parse/trace";
import { aidoc16 } from "#profile/aidoc-16";
import { artifact, page, source, test } from "../support/trace-builder.ts";
import { graphOf, linksIn, nodeOf, told } from "../support/trace-graph.ts";

const req = "docs/REQ/REQ-003_x.md";

describe("links between documents", () => {
  it("lead to the element that is named", () => {
    const graph = graphOf(artifact("SYS-012").element("PERF-001"), artifact("REQ-003").tag("sys: SYS-012:PERF-001"));
    expect(told(linksIn(graph, req))).toEqual(["REQ-003 -sys-> SYS-012:PERF-001 (exact)"]);
  });

  it("are document-only when a type with elements is named without one, and exact for types without", () => {
    const graph = graphOf(
      artifact("SYS-012"),
      artifact("ADR-005"),
      artifact("REQ-003").tags("sys: SYS-012", "adr: ADR-005"),
    );
    expect(told(linksIn(graph, req))).toEqual([
      "REQ-003 -sys-> SYS-012 (document-only)",
      "REQ-003 -adr-> ADR-005 (exact)",
    ]);
  });

  it("are missing when the document or the element is not there", () => {
    const graph = graphOf(artifact("SYS-012"), artifact("REQ-003").tags("sys: SYS-012:PERF-001", "adr: ADR-005"));
    expect(told(linksIn(graph, req))).toEqual([
      "REQ-003 -sys-> SYS-012:PERF-001 (missing)",
      "REQ-003 -adr-> ADR-005 (missing)",
    ]);
  });

  it("go on with the last document when a value names none", () => {
    const graph = graphOf(
      artifact("BRD-001").element("FR-030").element("NFR-006"),
      artifact("REQ-003").tag("brd: BRD-001:FR-030, NFR-006"),
    );
    expect(told(linksIn(graph, req))).toEqual([
      "REQ-003 -brd-> BRD-001:FR-030 (exact)",
      "REQ-003 -brd-> BRD-001:NFR-006 (exact)",
    ]);
  });

  it("point upward when they name a deeper layer, there or not", () => {
    const graph = graphOf(artifact("SPEC-003"), artifact("REQ-003").tags("spec: SPEC-003", "tasks: TASKS-001"));
    expect(told(linksIn(graph, req))).toEqual([
      "REQ-003 -spec-> SPEC-003 (upward)",
      "REQ-003 -tasks-> TASKS-001 (upward)",
    ]);
  });

  it("name one place by tags of two layers, each of which points where it does", () => {
    const path = "docs/CODE/CODE-001_x.md";
    const written = createTraceReader(aidoc16).read(
      { path, role: "artifact", type: "CODE", id: "CODE-001", template: false },
      "@code: docs/notes.md:f\n@tests: docs/notes.md:f\n",
    );
    expect(told(linksIn(graphOf(page("docs/notes.md").build(), written), path))).toEqual([
      "CODE-001 -code-> docs/notes.md:f (missing)",
      "CODE-001 -tests-> docs/notes.md:f (upward)",
    ]);
  });

  it("lead to source by path", () => {
    const graph = graphOf(
      source("src/a.py").tag("req: REQ-003"),
      test("tests/test_a.py").tag("code: src/a.py"),
      artifact("REQ-003"),
    );
    expect(told(linksIn(graph, "tests/test_a.py"))).toEqual(["tests/test_a.py -code-> src/a.py (exact)"]);
    expect(told(graph.linksTo(nodeOf(graph, "src/a.py")))).toEqual(["tests/test_a.py -code-> src/a.py (exact)"]);
  });

  it("lead to source by a path with a name or a dot, read as a value alone", () => {
    const tagged = test("tests/test_a.py").tags("code: ./src/a.py:main", "code: src/b.py").build();
    const bare = tagged.tags.slice();
    for (let at = 0; at < bare.length; at += tagWidth) bare[at + tagColumn.document] = -1;
    const graph = graphOf(source("src/a.py"), { ...tagged, tags: bare });
    expect(told(linksIn(graph, "tests/test_a.py"))).toEqual([
      "tests/test_a.py -code-> src/a.py (exact)",
      "tests/test_a.py -code-> src/b.py (missing)",
    ]);
  });

  it("are none for examples, facts and `null`", () => {
    const graph = graphOf(artifact("REQ-003").tag("sys: SYS-012", 0).tag("ctr: null").tag("impl-status: null"));
    expect(linksIn(graph, req)).toEqual([]);
  });

  it("belong to the innermost element that wrote them", () => {
    const graph = graphOf(
      artifact("SYS-012"),
      artifact("REQ-003").tag("adr: ADR-005").element("AC-001").tag("sys: SYS-012").end().tag("bdd: BDD-001"),
    );
    expect(told(linksIn(graph, req))).toEqual([
      "REQ-003 -adr-> ADR-005 (missing)",
      "REQ-003 -bdd-> BDD-001 (missing)",
      "REQ-003:AC-001 -sys-> SYS-012 (document-only)",
    ]);
    expect(graph.writers(req).map((node) => graph.idOf(node))).toEqual(["REQ-003", "REQ-003:AC-001"]);
    expect(told(graph.linksFrom(nodeOf(graph, "REQ-003:AC-001")))).toEqual([
      "REQ-003:AC-001 -sys-> SYS-012 (document-only)",
      "REQ-003 -adr-> ADR-005 (missing)",
      "REQ-003 -bdd-> BDD-001 (missing)",
    ]);
  });

  it("of an element hide its document's tags of the same type", () => {
    const graph = graphOf(artifact("REQ-003").tag("sys: SYS-001").element("AC-001").tag("sys: SYS-002"));
    expect(told(graph.linksFrom(nodeOf(graph, "REQ-003:AC-001")))).toEqual(["REQ-003:AC-001 -sys-> SYS-002 (missing)"]);
  });

  it("come from pages that are no artifacts too", () => {
    const graph = graphOf(artifact("REQ-003"), page("README.md").tag("req: REQ-003"));
    expect(told(graph.linksTo(nodeOf(graph, "REQ-003")))).toEqual(["README.md -req-> REQ-003 (document-only)"]);
  });
});

describe("documents of one id", () => {
  it("are kept and reported when they are duplicates", () => {
    const graph = graphOf(
      artifact("REQ-003", "b").element("AC-002"),
      artifact("REQ-003", "a").element("AC-001"),
      artifact("REQ-004").tag("req: REQ-003:AC-001, AC-002"),
    );
    expect(graph.duplicateDocuments()).toEqual([
      { id: "REQ-003", paths: ["docs/REQ/REQ-003_a.md", "docs/REQ/REQ-003_b.md"] },
    ]);
    expect(told(linksIn(graph, "docs/REQ/REQ-004_x.md"))).toEqual([
      "REQ-004 -req-> REQ-003:AC-001 (exact)",
      "REQ-004 -req-> REQ-003:AC-002 (exact)",
    ]);
  });

  it("are one when they are parts of a split plan", () => {
    const graph = graphOf(
      artifact("IPLAN-001", "part2").part(2).element("TASK-2.1"),
      artifact("IPLAN-001", "part1").part(1).element("TASK-1.1"),
    );
    expect(graph.duplicateDocuments()).toEqual([]);
    expect(graph.view(nodeOf(graph, "IPLAN-001:TASK-2.1"))?.path).toBe("docs/IPLAN/IPLAN-001_part2.md");
    expect(graph.view(nodeOf(graph, "IPLAN-001"))?.path).toBe("docs/IPLAN/IPLAN-001_part1.md");
  });

  it("are one when they are a page and its contract", () => {
    const graph = graphOf(
      artifact("CTR-001").path("docs/CTR/CTR-001_x.md").element("Gateway"),
      artifact("CTR-001").path("docs/CTR/CTR-001_x.yaml").element("Gateway", definitionKind.yamlId),
    );
    expect(graph.duplicateDocuments()).toEqual([]);
    expect(graph.duplicateElements("docs/CTR/CTR-001_x.md")).toEqual([]);
  });
});

describe("elements", () => {
  it("that two headings define are reported with both places", () => {
    const graph = graphOf(artifact("REQ-003").element("AC-001").element("AC-001").element("AC-002"));
    const [duplicate] = graph.duplicateElements(req);
    expect(graph.duplicateElements(req)).toHaveLength(1);
    expect(duplicate?.sites.map((site) => site.start)).toEqual([10, 20]);
  });

  it("that a table lists and a heading defines are one, at the heading", () => {
    const graph = graphOf(artifact("REQ-003").element("AC-001", definitionKind.tableCell).element("AC-001"));
    expect(graph.duplicateElements(req)).toEqual([]);
    expect(graph.view(nodeOf(graph, "REQ-003:AC-001"))).toMatchObject({ start: 20, kind: definitionKind.heading });
  });

  it("are found by place", () => {
    const graph = graphOf(artifact("REQ-003").tag("sys: SYS-001").element("AC-001").tag("adr: ADR-001"));
    expect([12, 22, 35, 90].map((offset) => graph.idOf(graph.nodeAt(req, offset) ?? -1))).toEqual([
      "REQ-003",
      "REQ-003:AC-001",
      "REQ-003:AC-001",
      "REQ-003",
    ]);
  });
});

describe("templates", () => {
  it("define nothing, but their links are resolved when asked for", () => {
    const template = artifact("REQ-000").template().element("AC-001").tag("sys: SYS-012");
    const graph = graphOf(template, artifact("REQ-003").tag("req: REQ-000"));
    expect(told(linksIn(graph, req))).toEqual(["REQ-003 -req-> REQ-000 (missing)"]);
    const path = "docs/REQ/REQ-000_x.md";
    expect(told(linksIn(graph, path))).toEqual([`${path} -sys-> SYS-012 (missing)`]);
    graph.set(artifact("SYS-012").build());
    expect(told(linksIn(graph, path))).toEqual([`${path} -sys-> SYS-012 (document-only)`]);
    expect(graph.linksTo(nodeOf(graph, "SYS-012"))).toEqual([]);
    graph.remove(path);
    expect(graph.linksOf(path).length).toBe(0);
  });
});

describe("near misses", () => {
  const graph = graphOf(
    artifact("SYS-012").element("PERF-001").element("FUNC-001"),
    artifact("SYS-013").element("FUNC-009"),
    artifact("BDD-001").scenario("Send a valid notification").scenario("Reject an invalid notification"),
    source("src/mail/send.py"),
    artifact("REQ-003").tags(
      "sys: SYS-12:PERF-001",
      "sys: SYS-012:PERF-1",
      "sys: SYS-012:FUNC-009",
      "sys: SYS-021",
      "bdd: BDD-001:scenario-notification-invalid",
      "code: lib/send.py",
      "sys: SYS-900",
      "sys: SYS-112:PERF-001",
    ),
  );
  it.each([
    [0, "the same number in another padding", ["SYS-012:PERF-001"]],
    [1, "an element's number in another padding", ["SYS-012:PERF-001"]],
    [2, "the same element elsewhere, after what looks alike", ["SYS-012:FUNC-001", "SYS-013:FUNC-009"]],
    [3, "two digits swapped", ["SYS-012"]],
    [4, "scenarios with words in common", ["BDD-001:scenario-reject-an-invalid-notification"]],
    [5, "a file of that name", ["src/mail/send.py"]],
    [6, "nothing at all", []],
    [7, "the one element of that name, for a document that is not there", ["SYS-012:PERF-001"]],
  ])("of row %i are %s", (row, _, ids) => {
    expect(graph.nearMisses(req, row)).toEqual(ids);
  });
  it.each([
    ["a digit too many", "SYS-0145", ["SYS-014"], ["SYS-145"]],
    ["a digit too few", "SYS-14", [], ["SYS-514"]],
    ["a digit too many, one more wrong", "SYS-0155", ["SYS-014"], []],
    ["a wrong digit, which is another document", "SYS-015", ["SYS-014"], []],
  ])("of numbers of several lengths: %s", (_, wanted, others, meant) => {
    const known = [...others, ...meant];
    const several = graphOf(...known.map((id) => artifact(id)), artifact("REQ-003").tag(`sys: ${wanted}`));
    const found = several.nearMisses(req, 0);
    expect(found).toEqual(expect.arrayContaining(meant));
    expect(found.length > 0).toBe(meant.length > 0);
  });
  it.each([
    ["phase2", ["PHASE-2.1", "PHASE-2.2"], ["PHASE-2.1", "PHASE-2.2"]],
    ["PHASE-2.1.3", ["PHASE-2.1", "PHASE-4"], ["PHASE-2.1"]],
    ["PHASE-2.1", ["PHASE-21"], ["PHASE-21"]],
    ["phase2", ["PHASE-20.1"], []],
    ["PHASE", ["PHASE-2.1"], []],
  ])("of %s are parts of it, and what it is a part of", (wanted, names, meant) => {
    const impl = names.reduce((made, name) => made.element(name), artifact("IMPL-003"));
    const graph = graphOf(impl, artifact("REQ-003").tag(`impl: IMPL-003:${wanted}`));
    expect(graph.nearMisses(req, 0)).toEqual(meant.map((name) => `IMPL-003:${name}`));
  });
  it.each([
    ["FR-002", ["FR-001", "FR-003", "FR-004", "FR-022"], ["FR-022", "FR-001", "FR-003"]],
    ["FR-003", ["FR-001", "FR-002"], ["FR-001", "FR-002"]],
    ["FR-02", ["FR-001", "FR-002", "FR-003", "FR-92"], ["FR-002", "FR-92"]],
  ])("of %s begin with what stands apart from a sequence of numbers", (wanted, names, meant) => {
    const brd = names.reduce((made, name) => made.element(name), artifact("BRD-001"));
    const graph = graphOf(brd, artifact("REQ-003").tag(`brd: BRD-001:${wanted}`));
    expect(graph.nearMisses(req, 0)).toEqual(meant.map((name) => `BRD-001:${name}`));
  });
  it("know a length that came with a later document", () => {
    const later = graphOf(artifact("SYS-012"), artifact("REQ-003").tag("sys: SYS-9145"));
    expect(later.nearMisses(req, 0)).toEqual([]);
    later.set(artifact("SYS-9415").build());
    expect(later.nearMisses(req, 0)).toEqual(["SYS-9415"]);
  });
});

describe("flags", () => {
  it("keep a link of any form", () => {
    const graph = graphOf(artifact("SYS-012"), artifact("REQ-003").tag("sys: SYS-012", tagFlag.live | tagFlag.fence));
    expect(linksIn(graph, req)).toHaveLength(1);
  });
});
