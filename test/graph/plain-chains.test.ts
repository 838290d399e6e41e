import { array, assert, boolean, constant, integer, nat, oneof, property, record } from "fast-check";
import { describe, expect, it } from "vitest";
import { Lineages } from "#graph/closure";
import { CopiedChains } from "#graph/copied-chains";
import { createGraph } from "#graph/graph";
import { GraphState } from "#graph/graph-state";
import { demandedBy, PlainChains } from "#graph/plain-chains";
import type { DocumentTrace } from "#model/trace";
import { aidoc16 } from "#profile/aidoc-16";
import { propertyRuns } from "../support/property-runs.ts";
import { artifact } from "../support/trace-builder.ts";

const types = ["BRD", "PRD", "EARS", "BDD", "ADR", "SYS", "REQ", "SPEC"] as const;

/** A document by the numbers of its parents in the layer before; one slip leaves a tag out or adds one. */
interface Draft {
  readonly parents: readonly number[];
  readonly elements: boolean;
  /** The nearest are named last. */
  readonly ordered: boolean;
  readonly slip: { readonly leave: number } | { readonly add: number } | undefined;
}

const slip = oneof(
  { weight: 6, arbitrary: constant(undefined) },
  { weight: 1, arbitrary: nat(9).map((leave) => ({ leave })) },
  { weight: 1, arbitrary: nat(23).map((add) => ({ add })) },
);
const draft = record({
  parents: array(integer({ min: 0, max: 2 }), { maxLength: 2 }),
  elements: boolean(),
  ordered: boolean(),
  slip,
});
const layers = array(array(draft, { minLength: 1, maxLength: 3 }), { minLength: 2, maxLength: types.length });

/** Documents that each write what their parents wrote, and the parents. */
function chainsOf(drafts: readonly (readonly Draft[])[]): readonly DocumentTrace[] {
  const traces: DocumentTrace[] = [];
  let before: readonly (readonly string[])[] = [];
  for (const [layer, documents] of drafts.entries()) {
    const named = before;
    before = documents.map(({ parents, elements, ordered, slip: wrong }, number) => {
      const above = named.length === 0 ? [] : parents.map((parent) => parent % named.length);
      const tags = new Set(above.flatMap((parent) => [tagOf(layer - 1, parent), ...(named[parent] ?? [])]));
      const written = withSlip(ordered ? [...tags].sort(byLayer) : [...tags], wrong);
      const builder = artifact(`${types[layer] ?? ""}-00${number + 1}`, "a");
      if (elements) builder.element("A-1").tags(...written);
      else builder.tags(...written);
      traces.push(builder.build());
      return written;
    });
  }
  return traces;
}

function withSlip(tags: readonly string[], wrong: Draft["slip"]): readonly string[] {
  if (wrong === undefined) return tags;
  return "leave" in wrong
    ? tags.filter((_, index) => index !== wrong.leave)
    : [...tags, tagOf(wrong.add >> 2, wrong.add % 3)];
}

function tagOf(layer: number, number: number): string {
  const type = types[layer] ?? "";
  return `${type.toLowerCase()}: ${type}-00${number + 1}`;
}

function byLayer(a: string, b: string): number {
  const layerIn = (tag: string): number => types.findIndex((type) => tag.startsWith(`${type.toLowerCase()}:`));
  return layerIn(a) - layerIn(b);
}

/** What is wrong with the tags of a node where each node stands for itself alone. */
function wrongWith(state: GraphState, lineages: Lineages, node: number): readonly number[] {
  const [lineage, type] = [lineages.of(node), lineages.typeOf(node)];
  if (lineage === undefined || type === undefined) return [];
  const isDemanded = (one: number): boolean =>
    [...type.upstream, ...type.conditional].includes(state.nodes.typeOf(one));
  const isAbove = (one: number): boolean => state.layers.layerOf(state.nodes.typeOf(one)) < lineage.nearest;
  const missing = lineage.expected.filter((one) => isDemanded(one) && !lineage.written.includes(one));
  const surplus = lineage.written.filter((one) => isDemanded(one) && isAbove(one) && !lineage.expected.includes(one));
  return [...missing, ...surplus];
}

describe("a node whose tags are plainly right", () => {
  it("is one of which nothing is missing and nothing too much when its chains are followed, and the other way round", () => {
    const seen = { right: 0, wrong: 0 };
    assert(
      property(layers, (drafts) => {
        const state = new GraphState(aidoc16);
        const graph = createGraph(aidoc16);
        for (const trace of chainsOf(drafts)) {
          state.set(trace);
          graph.set(trace);
        }
        state.settle();
        const lineages = new Lineages(state);
        const plain = new PlainChains(state, lineages.memo);
        for (let node = 0; node < state.nodes.size; node++) {
          const type = lineages.typeOf(node);
          lineages.memo.load(node);
          if (type === undefined || !lineages.leadsUp(node)) continue;
          const isRight = plain.isRight(node, demandedBy(type, state.layers.types.length));
          const hasCopies = (lineages.of(node)?.copied.size ?? 0) > 0;
          const told = { node: state.nodes.idOf(node), isRight, isPlain: !hasCopies };
          const wrong = wrongWith(state, lineages, node);
          // Why: what an ancestor copied is looked into by following the chains.
          expect(told).toEqual({ ...told, isRight: !hasCopies && wrong.length === 0 });
          seen[isRight ? "right" : "wrong"]++;
          if (isRight) expect(graph.differences(graph.find(state.nodes.idOf(node)) ?? -1)).toEqual([]);
        }
      }),
      { numRuns: propertyRuns(300) },
    );
    expect(Math.min(seen.right, seen.wrong)).toBeGreaterThan(50);
  });
});

describe("a node that copied the chain of its parent", () => {
  it("is one whose tags are those of its parent in order, and the parent, and nothing is wrong with it", () => {
    const seen = { copied: 0, others: 0 };
    assert(
      property(layers, (drafts) => {
        const state = new GraphState(aidoc16);
        for (const trace of chainsOf(drafts)) state.set(trace);
        state.settle();
        const lineages = new Lineages(state);
        const chains = new CopiedChains(state, lineages.memo);
        for (let node = 0; node < state.nodes.size; node++) {
          const lineage = lineages.of(node);
          if (lineage === undefined) continue;
          const { written, parents } = lineage;
          const repeated = parents.flatMap((parent) => [...(lineages.of(parent)?.written ?? []), parent]);
          const isCopied = chains.has(node);
          seen[isCopied ? "copied" : "others"]++;
          if (parents.length === 1 && parents.every((parent) => chains.has(parent)))
            expect(isCopied).toBe(String(written) === String(repeated));
          if (!isCopied) continue;
          expect(new Set(written)).toEqual(new Set([...parents, ...lineage.expected]));
          expect(lineage.copied.size).toBe(0);
          expect(wrongWith(state, lineages, node)).toEqual([]);
        }
      }),
      { numRuns: propertyRuns(300) },
    );
    expect(Math.min(seen.copied, seen.others)).toBeGreaterThan(50);
  });

  it("is told from one whose parent left a tag out, when it names what that should have named", () => {
    const state = new GraphState(aidoc16);
    state.set(artifact("BRD-001", "a").build());
    state.set(artifact("PRD-001", "a").tags("brd: BRD-001").build());
    state.set(artifact("EARS-001", "a").tags("prd: PRD-001").build());
    state.set(artifact("BDD-001", "a").tags("brd: BRD-001", "prd: PRD-001", "ears: EARS-001").build());
    state.settle();
    const chains = new CopiedChains(state, new Lineages(state).memo);
    const told = ["PRD-001", "EARS-001", "BDD-001"].map((id) => {
      const node = state.nodes.artifact(id)?.node ?? -1;
      return { id, copied: chains.has(node), known: chains.knows(node) };
    });
    expect(told).toEqual([
      { id: "PRD-001", copied: true, known: true },
      { id: "EARS-001", copied: false, known: true },
      { id: "BDD-001", copied: true, known: true },
    ]);
  });
});
