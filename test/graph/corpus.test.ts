import { describe, expect, it } from "vitest";
import { createGraph, type TraceGraph } from "#graph/graph";
import type { DocumentTrace } from "#model/trace";
import { createTraceReader } from "#parse/trace";
import { aidoc16 } from "#profile/aidoc-16";
import { type Corpus, createCorpus } from "../../bench/trace-corpus.ts";
import { corpusText } from "../../bench/trace-corpus-text.ts";
import { corpusTraces } from "../../bench/trace-corpus-traces.ts";

/** The corpus as the reader of text sees it. */
function readCorpus(corpus: Corpus): readonly DocumentTrace[] {
  const reader = createTraceReader(aidoc16);
  return corpus.documents.map((document) => {
    const { path, type, id } = document;
    const role = type === "CODE" ? "source" : type === "TESTS" ? "test" : "artifact";
    return reader.read({ path, role, type, id, template: false }, corpusText(document));
  });
}

function graphOf(traces: readonly DocumentTrace[]): TraceGraph {
  const graph = createGraph(aidoc16);
  for (const trace of traces) graph.set(trace);
  return graph;
}

/** Where the graph finds something wrong: node and tag; an element that is there twice has no tag. */
function wrongIn(graph: TraceGraph): readonly string[] {
  const wrong = new Set<string>();
  for (const path of graph.paths()) {
    const links = graph.linksOf(path);
    for (let index = 0; index < links.length; index++) {
      const isWrong = !["exact", "derived"].includes(links.status(index));
      if (isWrong) wrong.add(`${graph.idOf(links.from(index))} ${links.tag(index)}`);
    }
    for (const node of graph.writers(path)) {
      for (const { tag } of graph.differences(node)) wrong.add(`${graph.idOf(node)} ${tag}`);
    }
    for (const { node } of graph.duplicateElements(path)) wrong.add(`${graph.idOf(node)} `);
  }
  return [...wrong].sort();
}

/** What was spoiled, by the names that the graph gives. */
function spoiledIn(corpus: Corpus, graph: TraceGraph): readonly string[] {
  const ids = new Map(corpus.documents.map(({ path, id }) => [path, id]));
  const spoiled = corpus.defects.map(({ path, element, tag }) => {
    const id = ids.get(path) ?? "";
    const node = graph.find(element === "" ? id : `${id}:${element}`);
    return `${node === undefined ? `${id}:${element}` : graph.idOf(node)} ${tag}`;
  });
  return [...new Set(spoiled)].sort();
}

describe.each([
  ["rows made at once", corpusTraces],
  ["rows read from its text", readCorpus],
])("a generated corpus of 2,000 artifacts as %s", (_, traces) => {
  const corpus = createCorpus({ artifacts: 2000, seed: 7 });
  const graph = graphOf(traces(corpus));

  it("has its defects found, and nothing else", () => {
    expect(corpus.defects.length).toBeGreaterThan(150);
    expect(wrongIn(graph)).toEqual(spoiledIn(corpus, graph));
  });

  it("is clean without defects", () => {
    expect(wrongIn(graphOf(traces(createCorpus({ artifacts: 500, defects: 0 }))))).toEqual([]);
  });
});

describe("the generator", () => {
  it("makes the same corpus for the same seed, and another for another", () => {
    const text = (seed: number): string => createCorpus({ artifacts: 300, seed }).documents.map(corpusText).join("");
    expect(text(3)).toBe(text(3));
    expect(text(3)).not.toBe(text(4));
  });

  it("makes one plan in twelve documents, and nine tags an artifact", () => {
    const { documents, artifacts } = createCorpus({ artifacts: 5000 });
    expect(documents.filter(({ type }) => type === "IPLAN").length * 12).toBe(documents.length);
    const values = documents.flatMap((document) =>
      document.artifacts.map(({ tags }) => [...tags.values()].flat().length),
    );
    expect(Math.round(values.reduce((sum, count) => sum + count, 0) / artifacts)).toBe(9);
  });
});
