import { array, assert, boolean, constant, integer, nat, oneof, property, record } from "fast-check";
import { describe, expect, it } from "vitest";
import { Lineages } from "#graph/closure";
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
  readonly slip: { readonly leave: number } | { readonly add: number } | undefined;
}

const slip = oneof(
  { weight: 6, arbitrary: constant(undefined) },
  { weight: 1, arbitrary: nat(9).map((leave) => ({ leave })) },
  { weight: 1, arbitrary: nat(23).map((add) => ({ add })) },
);
const draft = record({ parents: array(integer({ min: 0, max: 2 }), { maxLength: 2 }), elements: boolean(), slip });
const layers = array(array(draft, { minLength: 1, maxLength: 3 }), { minLength: 2, maxLength: types.length });

/** Documents that each write what their parents wrote, and the parents. */
function chainsOf(drafts: readonly (readonly Draft[])[]): readonly DocumentTrace[] {
  const traces: DocumentTrace[] = [];
  let before: readonly (readonly string[])[] = [];
  for (const [layer, documents] of drafts.entries()) {
    const named = before;
    before = documents.map(({ parents, elements, slip: wrong }, number) => {
      const above = named.length === 0 ? [] : parents.map((parent) => parent % named.length);
      const tags = new Set(above.flatMap((parent) => [tagOf(layer - 1, parent), ...(named[parent] ?? [])]));
      const written = withSlip([...tags], wrong);
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
