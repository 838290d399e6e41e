import { type TraceGraph, createGraph } from "#graph/graph";
import type { DocumentTrace } from "#model/trace";
import { aidoc16 } from "#profile/aidoc-16";
import { createCorpus } from "./trace-corpus.ts";
import { corpusTraces } from "./trace-corpus-traces.ts";

/** What one size of corpus costs. */
interface Measured {
  readonly artifacts: number;
  readonly documents: number;
  readonly links: number;
  readonly defects: number;
  readonly build: number;
  readonly update: number;
  readonly updateWorst: number;
  readonly closure: number;
  readonly coverage: number;
  readonly tracing: number;
  readonly impact: number;
  readonly heapMb: number;
  readonly processMb: number;
}

const gc = (globalThis as { gc?: () => void }).gc;

function timed(act: () => void): number {
  const begun = performance.now();
  act();
  return performance.now() - begun;
}

/** Links of all documents; forces the graph to resolve. */
function linksOf(graph: TraceGraph): number {
  return graph.paths().reduce((sum, path) => sum + graph.linksOf(path).length, 0);
}

function build(traces: readonly DocumentTrace[]): TraceGraph {
  const graph = createGraph(aidoc16);
  for (const trace of traces) graph.set(trace);
  graph.documents();
  return graph;
}

/** Milliseconds from one changed document to all links resolved: with other tags, and with another element too. */
function update(graph: TraceGraph, trace: DocumentTrace, deep: boolean): number {
  const definitions = trace.definitions.slice(0, deep ? Math.max(0, trace.definitions.length - 8) : undefined);
  const time = timed(() => {
    graph.set({ ...trace, definitions });
    graph.linksOf(trace.path);
  });
  graph.set(trace);
  graph.linksOf(trace.path);
  return time;
}

function measure(artifacts: number): Measured {
  const corpus = createCorpus({ artifacts });
  const traces = corpusTraces(corpus);
  const { defects, documents } = corpus;
  build(traces);
  gc?.();
  const before = process.memoryUsage();
  let graph = build([]);
  const built = timed(() => {
    graph = build(traces);
  });
  gc?.();
  const after = process.memoryUsage();
  const sample = traces.filter((_, index) => index % Math.max(1, Math.floor(traces.length / 200)) === 0);
  const updates = sample.map((trace) => update(graph, trace, true)).sort((a, b) => a - b);
  const closure = timed(() => {
    for (const path of graph.paths()) for (const node of graph.writers(path)) graph.differences(node);
  });
  const coverage = timed(() => void graph.coverage.pairs());
  const roots = graph.documents().slice(0, 20);
  const tracing = timed(() => roots.forEach((node) => graph.traceFrom(node)));
  const impact = timed(() => roots.forEach((node) => graph.impactOf([node])));
  return {
    artifacts: corpus.artifacts,
    documents: documents.length,
    links: linksOf(graph),
    defects: defects.length,
    build: built,
    update: updates[updates.length >> 1] ?? 0,
    updateWorst: updates.at(-1) ?? 0,
    closure,
    coverage,
    tracing: tracing / roots.length,
    impact: impact / roots.length,
    heapMb: (after.heapUsed + after.arrayBuffers - before.heapUsed - before.arrayBuffers) / 2 ** 20,
    processMb: after.rss / 2 ** 20,
  };
}

console.log(JSON.stringify(measure(Number(process.argv[2] ?? 1000))));
