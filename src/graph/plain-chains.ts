import type { GraphState } from "./graph-state.ts";
import type { LayerTable, TypeFacts } from "./layer-table.ts";
import { Trunks } from "./trunks.ts";
import { bitOf, type UpwardMemo } from "./upward-memo.ts";

/** The types that a type must name, always or where its ancestors have such documents. */
export interface DemandedTypes {
  /** 1 by number of the type. */
  readonly types: Uint8Array;
  readonly bits: number;
}

/** The demanded types of a type; `count`: how many types there are. */
export function demandedBy({ upstream, conditional }: TypeFacts, count: number): DemandedTypes {
  const types = new Uint8Array(count);
  let bits = 0;
  for (const type of [...upstream, ...conditional]) {
    types[type] = 1;
    bits |= bitOf(type);
  }
  return { types, bits };
}

/** Why: each target is looked for among the others; a node with more of them is compared with marks. */
const mostTargets = 32;

/** Tells nodes whose tags are just what their parents lead to, node by node: nearly all are, and for them no chain is followed. */
export class PlainChains {
  readonly #layers: LayerTable;
  readonly #memo: UpwardMemo;
  readonly #trunks: Trunks;

  constructor(state: GraphState, memo: UpwardMemo) {
    this.#layers = state.layers;
    this.#memo = memo;
    this.#trunks = new Trunks(state, memo);
  }

  /** True when a loaded node wrote all that is expected and nothing else; false where that cannot be told in a few steps. */
  isRight(node: number, demanded: DemandedTypes): boolean {
    const memo = this.#memo;
    if (memo.loose(node) - memo.written(node) > mostTargets) return false;
    const [from, until] = [memo.parents(node), memo.end(node)];
    let [written, met] = [0, 0];
    for (let at = from; at < until; at++) {
      const parent = memo.target(at);
      if (!this.#trunks.load(parent) || !this.#isWritten(node, parent, demanded.types)) return false;
      written |= this.#trunks.written(parent);
      met |= this.#trunks.met(parent);
    }
    // Why: what no chain reaches, but an ancestor wrote, is expected too.
    return (written & ~met & demanded.bits) === 0 && this.#isLedTo(node, demanded.types);
  }

  /** True when a node wrote all of the demanded types that the chains of one of its parents lead to. */
  #isWritten(node: number, parent: number, demanded: Uint8Array): boolean {
    const trunks = this.#trunks;
    const end = trunks.end(parent);
    for (let place = trunks.start(parent); place < end; place++) {
      if (demanded[trunks.type(place)] === 1 && !this.#wrote(node, trunks.node(place))) return false;
    }
    return true;
  }

  #wrote(node: number, target: number): boolean {
    const memo = this.#memo;
    const end = memo.loose(node);
    for (let at = memo.written(node); at < end; at++) if (memo.target(at) === target) return true;
    return false;
  }

  /** True when the chains lead to all that a node wrote of the demanded types above its nearest parents. */
  #isLedTo(node: number, demanded: Uint8Array): boolean {
    const memo = this.#memo;
    const nearest = memo.nearest(node);
    const end = memo.loose(node);
    for (let at = memo.written(node); at < end; at++) {
      const type = memo.type(at);
      if (demanded[type] !== 1 || this.#layers.layerOf(type) >= nearest) continue;
      if (!this.#leadsTo(node, memo.target(at))) return false;
    }
    return true;
  }

  #leadsTo(node: number, target: number): boolean {
    const [memo, trunks] = [this.#memo, this.#trunks];
    for (let at = memo.parents(node); at < memo.end(node); at++) {
      const parent = memo.target(at);
      const end = trunks.end(parent);
      for (let place = trunks.start(parent); place < end; place++) if (trunks.node(place) === target) return true;
    }
    return false;
  }
}
