import { createGraph, type TraceGraph } from "#graph/graph";
import { createTraceReader } from "#parse/trace";
import { aidoc16 } from "#profile/aidoc-16";
import type { WorkspaceFacts } from "#rules/facts";
import { watchGraph } from "#session/watched-graph";
import { describe, expect, test } from "vitest";
import { type FileUnderTest, traceOf } from "../rules/traced.ts";

const files: readonly FileUnderTest[] = [
  { path: "docs/BRD/BRD-001_a.md", text: "# BRD-001: One\n\n### FR-001: Two\n\n### FR-001: Two again\n" },
  { path: "docs/PRD/PRD-001_a.md", text: "# PRD-001: One\n\n### US-001: Two\n\n@brd: BRD-001:FR-001, BRD-001:FR-01\n" },
  { path: "docs/EARS/EARS-001_a.md", text: "# EARS-001: One\n\n### EVENT-001: Two\n\n@prd: PRD-001:US-001\n" },
  { path: "docs/EARS/EARS-002_a.md", text: "# EARS-002: One\n\n@brd: BRD-009\n@ears: EARS-002\n" },
  { path: "src/a.py", text: "# @ears: EARS-001:EVENT-001\n" },
];

/** The questions about a path, an id or nothing; those about nodes; those that look at everything. */
const ofText = [
  "trace",
  "linksOf",
  "elementsOf",
  "elementSpans",
  "writers",
  "duplicateElements",
  "outgoingOf",
  "parentLinks",
  "find",
  "named",
  "alike",
] as const;
const ofNode = [
  "view",
  "idOf",
  "documentOf",
  "holdersOf",
  "sitesOf",
  "isDemanding",
  "extentsOf",
  "linksFrom",
  "linksTo",
  "lineage",
  "differences",
  "conditional",
] as const;
const ofAll = ["paths", "duplicateDocuments", "orphans", "cycles", "components", "dump"] as const;

function graphUnderTest(): TraceGraph {
  const reader = createTraceReader(aidoc16);
  const graph = createGraph(aidoc16);
  for (const file of files) graph.set(traceOf(reader, aidoc16, file));
  return graph;
}

const workspace: WorkspaceFacts = {
  anchors: (path) => (path === "docs/BRD/BRD-001_a.md" ? new Set(["two"]) : undefined),
  holders: () => [],
  text: (path) => files.find((file) => file.path === path)?.text,
  exists: (path) => files.some((file) => file.path === path),
};

const texts = [...files.map(({ path }) => path), "BRD-001", "BRD-001:FR-001", "BRD-009", "PRD-01", "docs/none.md"];

describe("a watched graph", () => {
  const graph = graphUnderTest();
  const watched = watchGraph(graph, workspace);
  const nodes = [...graph.documents(), ...files.flatMap(({ path }) => graph.elementsOf(path))];

  test.each(ofText)("answers %s as the graph does, and notes that it was asked", (name) => {
    for (const text of texts) {
      const [answer, asked] = watched.watch(() => watched.graph[name](text));
      expect(answer).toEqual(graph[name](text));
      expect(asked.whole).toBe(false);
      expect(asked.subjects(graph).size).toBeGreaterThan(0);
      expect(asked.isOutdated(watched, () => true)).toBe(false);
    }
  });

  test.each(ofNode)("answers %s of every node as the graph does", (name) => {
    expect(nodes.length).toBeGreaterThan(4);
    for (const node of nodes) {
      const [answer, asked] = watched.watch(() => watched.graph[name](node));
      expect(answer).toEqual(graph[name](node));
      expect(asked.whole).toBe(false);
    }
  });

  test("answers what parents, children and those that answer for a node are", () => {
    for (const node of nodes) {
      for (const name of ["parents", "children", "mentioningAsSource"] as const)
        expect(watched.graph.kinship[name](node)).toEqual(graph.kinship[name](node));
      for (const name of ["isNamed", "isNamedLater", "isCovered", "isDeep", "demandedOf"] as const)
        expect(watched.graph.coverage[name](node)).toEqual(graph.coverage[name](node));
    }
  });

  test.each(ofAll)("notes that %s looks at everything", (name) => {
    const [answer, asked] = watched.watch(() => watched.graph[name]());
    expect(answer).toEqual(graph[name]());
    expect(asked.whole).toBe(true);
    expect(asked.isOutdated(watched, (depends) => depends === "whole")).toBe(true);
    expect(asked.isOutdated(watched, () => false)).toBe(false);
  });

  test("notes that what follows from nodes looks at everything", () => {
    const [node = -1] = graph.documents();
    const questions: readonly ((of: TraceGraph) => unknown)[] = [
      (of) => of.version,
      (of) => of.traceFrom(node),
      (of) => of.impactOf([node]),
      (of) => of.below([node]),
      (of) => of.namersOf(node),
      (of) => of.coverage.pairs(),
      (of) => of.coverage.isNamedBy(node, "PRD"),
    ];
    for (const question of questions) {
      const [answer, asked] = watched.watch(() => question(watched.graph));
      expect(answer).toEqual(question(graph));
      expect(asked.whole).toBe(true);
    }
  });

  test("says what a tag may have meant, where an offset stands and what other files hold", () => {
    const path = "docs/PRD/PRD-001_a.md";
    expect(watched.graph.nearMisses(path, 1)).toEqual(graph.nearMisses(path, 1));
    expect(watched.graph.nearMisses(path, 1).length).toBeGreaterThan(0);
    expect(watched.graph.nearMisses("docs/none.md", 0)).toEqual([]);
    expect(watched.graph.nodeAt(path, 20)).toBe(graph.nodeAt(path, 20));
    expect(watched.graph.hasType("BRD")).toBe(true);
    for (const text of texts) {
      expect(watched.workspace.text(text)).toBe(workspace.text(text));
      expect(watched.workspace.anchors(text)).toEqual(workspace.anchors(text));
      expect(watched.workspace.exists(text)).toBe(workspace.exists(text));
    }
  });

  test("whose documents change has other answers to what was asked", () => {
    const edited = graphUnderTest();
    const eye = watchGraph(edited, workspace);
    const [, asked] = eye.watch(() => eye.graph.find("PRD-001:US-001"));
    const [, kept] = eye.watch(() => eye.graph.find("EARS-001:EVENT-001"));
    const text = "# PRD-001: One\n\n### US-002: Two\n\n@brd: BRD-001:FR-001\n";
    edited.set(traceOf(createTraceReader(aidoc16), aidoc16, { path: "docs/PRD/PRD-001_a.md", text }));
    expect(asked.isOutdated(eye, () => true)).toBe(true);
    expect(kept.isOutdated(eye, () => true)).toBe(false);
  });
});
