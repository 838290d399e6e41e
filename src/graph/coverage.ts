import type { Adjacency } from "./adjacency.ts";
import { someAnswer, someStandIn } from "./answers.ts";
import type { GraphState } from "./graph-state.ts";
import type { TypeFacts } from "./layer-table.ts";
import { LinkCounts } from "./link-counts.ts";
import { Marks } from "./marks.ts";
import { isDemanding } from "./node-view.ts";

/** How many nodes of one type something of another names. */
export interface PairCoverage {
  readonly from: string;
  readonly by: string;
  /** The second type is the next layer that must follow: what it does not name is uncovered. */
  readonly demanded: boolean;
  /** Documents and elements that should be answered for. */
  readonly total: number;
  readonly covered: number;
  /** Of `covered`: by something that is itself covered down to the last layer demanded; for pairs that are demanded. */
  readonly deep: number;
}

/** Nodes of one type, and how many of them each type names, by number. */
interface Tally {
  total: number;
  readonly covered: number[];
  readonly deep: number[];
}

/** Which nodes something below answers for. Answers are kept until the graph changes. */
export class Coverage {
  readonly #state: GraphState;
  readonly #adjacency: Adjacency;
  readonly #counts: LinkCounts;
  readonly #children: readonly (readonly TypeFacts[])[];
  #version = -1;
  #deepVersion = -1;
  #last = -1;
  /** By node: 1 covered down to the last layer, 2 not. */
  #deep = new Uint8Array(0);

  constructor(state: GraphState, adjacency: Adjacency) {
    this.#state = state;
    this.#adjacency = adjacency;
    this.#counts = new LinkCounts(state);
    this.#children = state.layers.types.map(({ number }) =>
      state.layers.types.filter((type) => !type.optional && type.parents.includes(number)),
    );
  }

  /** Types of the next layer that must name nodes of this type, down to the last layer that the project has. */
  demandedOf(node: number): readonly string[] {
    this.#refresh();
    return this.#demanded(node).map(({ type }) => type);
  }

  /** True when something of the type names the node. */
  isNamedBy(node: number, type: string): boolean {
    const number = this.#state.layers.numberOf(type);
    return this.#isNamedBy(node, number, () => true);
  }

  /** True when a tag leads to just this node. */
  isNamed(node: number): boolean {
    return this.#counts.isNamed(node);
  }

  /** True when something of a later layer names the node. */
  isNamedLater(node: number): boolean {
    if (this.#counts.isNamedLater(node)) return true;
    return someStandIn(this.#state, node, (other) => this.#counts.isNamedLater(other));
  }

  /** True when each type that must follow names the node; a node of the last layer is covered. */
  isCovered(node: number): boolean {
    this.#refresh();
    return this.#demanded(node).every(({ number }) => this.#isNamedBy(node, number, () => true));
  }

  /** True when it is covered by nodes that are so themselves, down to the last layer that the project has. */
  isDeep(node: number): boolean {
    this.#refreshDeep();
    return this.#deep[node] === 1;
  }

  /** Coverage for every pair of types in which the second must or may name the first, both being there. */
  pairs(): readonly PairCoverage[] {
    this.#refreshDeep();
    const { types } = this.#state.layers;
    const tallies = this.#tally();
    return types.flatMap((from) =>
      types.flatMap((by) => {
        const tally = tallies[from.number];
        const isPair = [...by.upstream, ...by.conditional].includes(from.number);
        return isPair && tally !== undefined && tally.total > 0 && this.#state.hasType(by.number)
          ? [this.#pair(from, by, tally)]
          : [];
      }),
    );
  }

  #pair(from: TypeFacts, by: TypeFacts, tally: Tally): PairCoverage {
    const demanded = this.#children[from.number]?.includes(by) ?? false;
    return {
      from: from.type,
      by: by.type,
      demanded,
      total: tally.total,
      covered: tally.covered[by.number] ?? 0,
      deep: demanded ? (tally.deep[by.number] ?? 0) : 0,
    };
  }

  /** Counts for each type the nodes it names; the links of a node are looked at once. */
  #tally(): readonly Tally[] {
    const { nodes, layers } = this.#state;
    const tallies = layers.types.map((): Tally => ({ total: 0, covered: [], deep: [] }));
    const [named, deeply] = [new Marks(), new Marks()];
    for (const node of this.#demanding()) {
      const tally = tallies[nodes.artifactOf(node).type];
      if (tally === undefined) continue;
      tally.total++;
      named.clear();
      deeply.clear();
      someAnswer(this.#state, this.#adjacency, node, (from) => {
        const { type } = nodes.artifactOf(from);
        if (named.add(type)) tally.covered[type] = (tally.covered[type] ?? 0) + 1;
        if (this.#deep[from] === 1 && deeply.add(type)) tally.deep[type] = (tally.deep[type] ?? 0) + 1;
        return false;
      });
    }
    return tallies;
  }

  #demanded(node: number): readonly TypeFacts[] {
    const children = this.#children[this.#state.nodes.artifactOf(node).type] ?? [];
    return children.filter(({ layer }) => layer <= this.#last);
  }

  #isNamedBy(node: number, type: number, holds: (from: number) => boolean): boolean {
    const { nodes } = this.#state;
    return someAnswer(
      this.#state,
      this.#adjacency,
      node,
      (from) => nodes.artifactOf(from).type === type && holds(from),
    );
  }

  /** Documents, and elements that something below should answer for. */
  #demanding(): readonly number[] {
    const found: number[] = [];
    for (let node = 0; node < this.#state.nodes.size; node++) if (isDemanding(this.#state, node)) found.push(node);
    return found;
  }

  #refresh(): void {
    this.#state.settle();
    if (this.#version === this.#state.version) return;
    this.#version = this.#state.version;
    const { types } = this.#state.layers;
    const present = types.filter(({ number, optional }) => !optional && this.#state.hasType(number));
    this.#last = Math.max(-1, ...present.map(({ layer }) => layer));
  }

  #refreshDeep(): void {
    this.#refresh();
    if (this.#deepVersion === this.#version) return;
    this.#deepVersion = this.#version;
    this.#deep = new Uint8Array(this.#state.nodes.size);
    for (const node of this.#fromBelow()) this.#deep[node] = this.#isDeepNow(node) ? 1 : 2;
  }

  /** All defined nodes, the deepest layer first: what covers a node is told before it. */
  #fromBelow(): readonly number[] {
    const { nodes, layers } = this.#state;
    const byLayer: number[][] = [];
    for (let node = 0; node < nodes.size; node++) {
      const layer = layers.layerOf(nodes.artifactOf(node).type);
      if (layer >= 0 && nodes.isDefined(node)) (byLayer[layer] ??= []).push(node);
    }
    return byLayer.reverse().flatMap((layer) => layer ?? []);
  }

  #isDeepNow(node: number): boolean {
    return this.#demanded(node).every(({ number }) => this.#isNamedBy(node, number, (from) => this.#deep[from] === 1));
  }
}
