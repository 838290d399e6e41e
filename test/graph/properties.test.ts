import {
  type Arbitrary,
  array,
  assert,
  constant,
  constantFrom,
  infiniteStream,
  integer,
  nat,
  oneof,
  option,
  property,
  record,
  tuple,
  uniqueArray,
} from "fast-check";
import { describe, expect, it } from "vitest";
import { createGraph, type TraceGraph } from "#graph/graph";
import { GraphState } from "#graph/graph-state";
import { UpwardMemo } from "#graph/upward-memo";
import { WrittenTags } from "#graph/written-tags";
import type { DocumentTrace, TraceLink } from "#model/trace";
import { aidoc16 } from "#profile/aidoc-16";
import { propertyRuns } from "../support/property-runs.ts";
import { namedNodes } from "./named-nodes.ts";
import { artifact, source, test, type TraceBuilder } from "../support/trace-builder.ts";

const types = ["BRD", "PRD", "EARS", "BDD", "ADR", "SYS", "REQ", "SPEC"] as const;
const names = ["A-1", "A-2", "A-3"] as const;

const value = tuple(
  constantFrom(...types),
  integer({ min: 1, max: 3 }),
  option(constantFrom(...names, "scenario-one")),
).map(([type, number, name]) => `${type.toLowerCase()}: ${type}-00${number}${name === null ? "" : `:${name}`}`);

/** What a document of a random graph holds: tags of its own, then elements with tags of theirs. */
interface Draft {
  readonly type: (typeof types)[number];
  readonly number: number;
  readonly slug: string;
  readonly template: boolean;
  readonly tags: readonly string[];
  readonly elements: readonly { readonly name: string; readonly tags: readonly string[] }[];
}

const draft: Arbitrary<Draft> = record({
  type: constantFrom(...types),
  number: integer({ min: 1, max: 3 }),
  slug: constantFrom("a", "b"),
  template: integer({ min: 0, max: 9 }).map((dice) => dice === 0),
  tags: array(value, { maxLength: 4 }),
  elements: array(record({ name: constantFrom(...names), tags: array(value, { maxLength: 3 }) }), {
    maxLength: 3,
  }),
});

function traceOf({ type, number, slug, template, tags, elements }: Draft): DocumentTrace {
  const document = artifact(`${type}-00${number}`, slug).tags(...tags);
  if (template) document.template();
  for (const element of elements) {
    if (type === "BDD") document.scenario("One", element.name).tags(...element.tags);
    else document.element(element.name).tags(...element.tags);
  }
  return document.build();
}

const edit = oneof(
  { weight: 4, arbitrary: draft.map((one) => ({ kind: "set" as const, trace: traceOf(one) })) },
  { weight: 1, arbitrary: draft.map((one) => ({ kind: "remove" as const, trace: traceOf(one) })) },
  { weight: 1, arbitrary: constant({ kind: "ask" as const }) },
);

function graphOf(traces: Iterable<DocumentTrace>): TraceGraph {
  const graph = createGraph(aidoc16);
  for (const trace of traces) graph.set(trace);
  return graph;
}

/** Everything that can be asked of a graph, as text. */
function answers(graph: TraceGraph): string {
  const ids = (nodes: readonly number[]): readonly string[] => nodes.map((node) => graph.idOf(node)).sort();
  const lines = graph
    .paths()
    .flatMap((path) =>
      graph
        .writers(path)
        .flatMap((node) =>
          graph
            .differences(node)
            .map(({ kind, type, level, missing, surplus, unique }) =>
              JSON.stringify([graph.idOf(node), kind, type, level, ids(missing), ids(surplus), unique]),
            ),
        ),
    );
  const covered = graph
    .paths()
    .flatMap((path) =>
      graph
        .elementsOf(path)
        .map((node) => `${graph.idOf(node)} ${graph.coverage.isCovered(node)} ${graph.coverage.isDeep(node)}`),
    );
  const kin = graph.documents().map((node) => {
    const { kinship } = graph;
    const named = graph.linksTo(node).map(({ path, tag, to }) => `${path} ${tag} ${to}`);
    return JSON.stringify([
      graph.idOf(node),
      ids(kinship.parents(node)),
      ids(kinship.children(node)),
      ids([...kinship.mentioningAsSource(node)]),
      named.sort(),
    ]);
  });
  const near = graph.paths().flatMap((path) => {
    const links = graph.linksOf(path);
    const lost = Array.from({ length: links.length }, (_, index) => index).filter((index) => links.to(index) < 0);
    return lost.map((index) => `${path} ${links.row(index)} ${graph.nearMisses(path, links.row(index)).join(" ")}`);
  });
  const whole = [
    kin.sort(),
    near.sort(),
    graph.coverage.pairs(),
    graph.cycles().map(ids),
    graph.components().map(ids),
    graph.duplicateDocuments(),
  ];
  const { rootless, childless } = graph.orphans();
  return [
    graph.dump(),
    ...lines.sort(),
    ...covered.sort(),
    ...namedNodes(graph),
    JSON.stringify([whole, ids(rootless), ids(childless)]),
  ].join("\n");
}

describe("a graph", () => {
  it("that was edited is the one that is made afresh, in any order of files", () => {
    assert(
      property(array(edit, { maxLength: 24 }), infiniteStream(nat()), (edits, dice) => {
        const edited = createGraph(aidoc16);
        const left = new Map<string, DocumentTrace>();
        for (const one of edits) {
          if (one.kind === "ask") answers(edited);
          else if (one.kind === "remove") {
            edited.remove(one.trace.path);
            left.delete(one.trace.path);
          } else {
            edited.set(one.trace);
            left.set(one.trace.path, one.trace);
          }
        }
        const order = [...left.values()].map((trace) => ({ trace, at: dice.next().value ?? 0 }));
        const fresh = graphOf(order.sort((a, b) => a.at - b.at).map(({ trace }) => trace));
        expect(answers(edited)).toBe(answers(fresh));
        for (const path of edited.paths()) expect(edited.linksOf(path).special).toBe(fresh.linksOf(path).special);
      }),
      { numRuns: propertyRuns(300) },
    );
  });
});

/** A graph of plain objects, asked with recursion: the judge. */
class Judge {
  readonly #graph: TraceGraph;
  readonly #links: readonly TraceLink[];
  readonly #layers = new Map<string, number>(types.map((type, index) => [type, index]));

  constructor(graph: TraceGraph) {
    this.#graph = graph;
    this.#links = graph.paths().flatMap((path) => {
      const links = graph.linksOf(path);
      const all = Array.from({ length: links.length }, (_, index) => links.at(index));
      return all.filter(
        ({ to, status }) => status !== "missing" && status !== "ambiguous" && graph.find(to) !== undefined,
      );
    });
  }

  /** Targets that hold for a document without elements that write, or for an element. */
  targets(id: string): readonly string[] {
    const own = this.#links.filter(({ from }) => from === id);
    const colon = id.indexOf(":");
    const tags = new Set(own.map(({ tag }) => tag));
    const rest = colon < 0 ? [] : this.#links.filter(({ from, tag }) => from === id.slice(0, colon) && !tags.has(tag));
    return [...own, ...rest].filter(({ to }) => this.layer(to) < this.layer(id)).map(({ to }) => to);
  }

  layer(id: string): number {
    return this.#layers.get(id.slice(0, id.indexOf("-"))) ?? -1;
  }

  parents(id: string): readonly string[] {
    const targets = this.targets(id);
    const nearest = Math.max(-1, ...targets.map((to) => this.layer(to)));
    return targets.filter((to) => this.layer(to) === nearest);
  }

  /** All that parents lead to, but not the parents. */
  ancestors(id: string): ReadonlySet<string> {
    return new Set(this.parents(id).flatMap((parent) => this.#withAncestors(parent)));
  }

  #withAncestors(id: string): readonly string[] {
    return this.parents(id).flatMap((parent) => [parent, ...this.#withAncestors(parent)]);
  }

  /** Everything that can be reached over links that lead somewhere. */
  reach(id: string, seen: Set<string> = new Set([id])): ReadonlySet<string> {
    for (const { from, to } of this.#links) {
      if (from !== id || seen.has(to)) continue;
      seen.add(to);
      this.reach(to, seen);
    }
    return seen;
  }

  /** Named by the next layer, and that one so too, down to the last layer. */
  deep(id: string, last: number): boolean {
    const layer = this.layer(id);
    if (layer >= last) return true;
    const answers = this.#links.filter(({ from, to, status }) => {
      const leads = status !== "missing" && status !== "ambiguous" && this.layer(from) === layer + 1;
      return (
        leads &&
        (to === id || (id.includes(":") ? this.#isLoose(id) && to === id.split(":")[0] : to.startsWith(`${id}:`)))
      );
    });
    return answers.some(({ from }) => this.deep(from, last));
  }

  #isLoose(id: string): boolean {
    return ["ADR", "REQ", "SPEC"].includes(id.slice(0, id.indexOf("-")));
  }

  lastLayer(): number {
    return Math.max(-1, ...this.#graph.documents().map((node) => this.layer(this.#graph.idOf(node))));
  }
}

/** Documents of which each id is there once, all tags written by elements or all by the document. */
const plain = uniqueArray(
  draft.map((one) => ({
    ...one,
    slug: "a",
    template: false,
    tags: one.number % 2 === 0 ? one.tags : [],
    elements: one.elements
      .filter((element, index, all) => all.findIndex(({ name }) => name === element.name) === index)
      .map((element) => ({ ...element, tags: one.number % 2 === 0 ? [] : element.tags })),
  })),
  { maxLength: 16, selector: ({ type, number }) => `${type}-${number}` },
);

describe("the judge agrees on", () => {
  it("what parents lead to", () => {
    assert(
      property(plain, (drafts) => {
        const graph = graphOf(drafts.map(traceOf));
        const judge = new Judge(graph);
        for (const path of graph.paths()) {
          for (const node of graph.writers(path)) {
            const lineage = graph.lineage(node);
            const found =
              lineage?.expected.filter((one) => !lineage.copied.has(one)).map((one) => graph.idOf(one)) ?? [];
            expect([...found].sort()).toEqual([...judge.ancestors(graph.idOf(node))].sort());
          }
        }
      }),
      { numRuns: propertyRuns(300) },
    );
  });

  it("what is written of layers above, by nodes of one file and of several", () => {
    assert(
      property(array(draft, { maxLength: 16 }), (drafts) => {
        const state = new GraphState(aidoc16);
        for (const one of drafts) state.set(traceOf(one));
        state.settle();
        const [memo, tags] = [new UpwardMemo(state), new WrittenTags(state)];
        const targets = (from: number, end: number): readonly number[] =>
          Array.from({ length: end - from }, (_, index) => memo.target(from + index));
        for (let node = 0; node < state.nodes.size; node++) {
          memo.load(node);
          tags.load(node);
          const layer = state.layers.layerOf(state.nodes.typeOf(node));
          const above = Array.from({ length: tags.length }, (_, index) => ({
            to: tags.to(index),
            by: tags.writer(index),
          })).filter(({ to }) => to >= 0 && state.layers.layerOf(state.nodes.typeOf(to)) < layer);
          const of = (elements: boolean): readonly number[] =>
            above.filter(({ by }) => (by === "element") === elements).map(({ to }) => to);
          expect(targets(memo.written(node), memo.loose(node))).toEqual(of(false));
          expect(targets(memo.loose(node), memo.parents(node))).toEqual(of(true));
        }
      }),
      { numRuns: propertyRuns(300) },
    );
  });

  it("deep coverage", () => {
    assert(
      property(plain, (drafts) => {
        const graph = graphOf(drafts.map(traceOf));
        const judge = new Judge(graph);
        const last = judge.lastLayer();
        for (const path of graph.paths()) {
          for (const node of graph.elementsOf(path)) {
            expect([graph.idOf(node), graph.coverage.isDeep(node)]).toEqual([
              graph.idOf(node),
              judge.deep(graph.idOf(node), last),
            ]);
          }
        }
      }),
      { numRuns: propertyRuns(300) },
    );
  });

  it("what lies upstream of an element", () => {
    assert(
      property(plain, (drafts) => {
        const graph = graphOf(drafts.map((one) => traceOf({ ...one, elements: [] })));
        const judge = new Judge(graph);
        for (const node of graph.documents()) {
          const { nodes, hops } = graph.traceFrom(node);
          const up = new Set(
            hops.filter(({ direction, to }) => direction === "upstream" && to >= 0).map(({ to }) => to),
          );
          expect(new Set([...up, node].map((one) => graph.idOf(one)))).toEqual(judge.reach(graph.idOf(node)));
          expect(new Set(nodes).size).toBe(nodes.length);
        }
      }),
      { numRuns: propertyRuns(200) },
    );
  });

  it("the impact of a change: what it touches leads to it", () => {
    assert(
      property(plain, (drafts) => {
        const graph = graphOf(drafts.map((one) => traceOf({ ...one, elements: [] })));
        const judge = new Judge(graph);
        for (const node of graph.documents()) {
          const touched = new Set(graph.impactOf([node]).touched.map((one) => graph.idOf(one)));
          const expected = graph
            .documents()
            .map((one) => graph.idOf(one))
            .filter((id) => id !== graph.idOf(node) && judge.reach(id).has(graph.idOf(node)));
          expect([...touched].sort()).toEqual(expected.sort());
        }
      }),
      { numRuns: propertyRuns(200) },
    );
  });
});

describe("any node", () => {
  it("is found by the id that is told of it", () => {
    assert(
      property(array(draft, { maxLength: 12 }), (drafts) => {
        const graph = graphOf(drafts.map(traceOf));
        for (const path of graph.paths()) {
          for (const node of graph.elementsOf(path)) expect(graph.find(graph.idOf(node))).toBe(node);
        }
        for (const node of graph.documents()) expect(graph.find(graph.idOf(node))).toBe(node);
      }),
      { numRuns: propertyRuns(100) },
    );
  });
});

describe("any document", () => {
  it("of source or tests can name itself and what is not there", () => {
    const odd: readonly TraceBuilder[] = [
      source("a.ts").tag("code: a.ts"),
      test("b.ts").tags("code: c.ts", "code: b.ts"),
    ];
    const graph = graphOf(odd.map((one) => one.build()));
    expect(graph.cycles().map((circle) => circle.map((node) => graph.idOf(node)))).toEqual([["a.ts"], ["b.ts"]]);
  });
});

describe("the stretches of elements", () => {
  it("hold exactly the places whose node is an element", () => {
    assert(
      property(draft, (one) => {
        const trace = traceOf(one);
        const graph = graphOf([trace]);
        const spans = graph.elementSpans(trace.path);
        const last = Math.max(0, ...trace.definitions, ...trace.tags) + 2;
        for (let offset = 0; offset <= last; offset++) {
          const node = graph.nodeAt(trace.path, offset);
          const isOfElement = node !== undefined && graph.documentOf(node) !== node;
          expect(spans.some(({ start, end }) => start <= offset && offset < end)).toBe(isOfElement);
        }
      }),
      { numRuns: propertyRuns(60) },
    );
  });
});
