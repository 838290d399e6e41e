import type { GraphState } from "./graph-state.ts";
import { IntList } from "./int-list.ts";
import type { TypeFacts } from "./layer-table.ts";
import { Marks } from "./marks.ts";
import { WrittenTags } from "./written-tags.ts";

/** Bit of a type in a set of types; several types may share one, so that the set says "perhaps". */
export function bitOf(type: number): number {
  return 1 << (type % 30);
}

/** Numbers of one node's entry. */
const width = 5;
const column = { loose: 0, parents: 1, end: 2, nearest: 3, types: 4 } as const;

/**
 * Where the tags of nodes lead upward, worked out once for each state of the graph: for each node, one after the other, the targets
 * written by it or its document, those that its elements alone wrote, and its parents. Ask `load`, then the numbers of the node.
 */
export class UpwardMemo {
  readonly #state: GraphState;
  readonly #tags: WrittenTags;
  /** Place of a node's first target, by node. */
  readonly #start: IntList = new IntList(1024);
  /** Entries, by the order in which nodes were asked for. */
  readonly #entries: IntList = new IntList(4096);
  readonly #entry: IntList = new IntList(1024);
  readonly #targets: IntList = new IntList(8192);
  readonly #known = new Marks();
  #version = -1;

  constructor(state: GraphState) {
    this.#state = state;
    this.#tags = new WrittenTags(state);
  }

  /** Works a node out, unless it is known. */
  load(node: number): void {
    if (this.#version !== this.#state.version) this.#forget();
    if (this.#known.add(node)) this.#note(node);
  }

  /** A target at a place. */
  target(place: number): number {
    return this.#targets.at(place);
  }

  /** Places of the targets written by a node itself, or by its document: from here to `loose`. */
  written(node: number): number {
    return this.#start.at(node);
  }

  /** From here to `parents` stand the targets that a document's elements wrote, of types that the document did not write. */
  loose(node: number): number {
    return this.#column(node, column.loose);
  }

  /** From here to `end` stand those of the written targets with which the chain goes on. */
  parents(node: number): number {
    return this.#column(node, column.parents);
  }

  end(node: number): number {
    return this.#column(node, column.end);
  }

  /** Layer of the nearest parents that are not optional; -1 for none. */
  nearest(node: number): number {
    return this.#column(node, column.nearest);
  }

  /** Bits of the types that were written. */
  types(node: number): number {
    return this.#column(node, column.types);
  }

  #column(node: number, name: number): number {
    return this.#entries.at(this.#entry.at(node) + name);
  }

  #forget(): void {
    this.#version = this.#state.version;
    this.#known.clear();
    this.#entries.clear();
    this.#targets.clear();
  }

  #note(node: number): void {
    const targets = this.#targets;
    const facts = this.#state.layers.types[this.#state.nodes.artifactOf(node).type];
    const start = targets.length;
    let [types, nearest, loose] = [0, -1, start];
    if (facts !== undefined) {
      this.#tags.load(node);
      types = this.#resolve(facts.layer, false);
      loose = targets.length;
      this.#resolve(facts.layer, true);
    }
    const parents = targets.length;
    if (facts !== undefined && loose > start) nearest = this.#pickParents(facts, start, loose);
    this.#start.set(node, start);
    this.#entry.set(node, this.#entries.length);
    const entry = this.#entries.length;
    this.#entries.set(entry + width - 1, types);
    this.#entries.set(entry + column.loose, loose);
    this.#entries.set(entry + column.parents, parents);
    this.#entries.set(entry + column.end, targets.length);
    this.#entries.set(entry + column.nearest, nearest);
  }

  /** Adds the resolved targets of the loaded tags that lie above a layer; gives the bits of their types. */
  #resolve(layer: number, fromElements: boolean): number {
    const { layers, nodes } = this.#state;
    let types = 0;
    for (let index = 0; index < this.#tags.length; index++) {
      if ((this.#tags.writer(index) === "element") !== fromElements) continue;
      const to = this.#tags.to(index);
      if (to < 0) continue;
      const { type } = nodes.artifactOf(to);
      const above = layers.layerOf(type);
      if (above < 0 || above >= layer) continue;
      types |= bitOf(type);
      this.#targets.push(to);
    }
    return types;
  }

  /** Adds the parents among the targets from `start` to `end`. */
  #pickParents(type: TypeFacts, start: number, end: number): number {
    const parents = parentsAmong(this.#state, type, (index) => this.#targets.at(start + index), end - start);
    for (const parent of parents.parents) this.#targets.push(parent);
    return parents.nearest;
  }
}

/** Those of some targets with which the chain of a node of a type goes on: of the nearest layer that is not optional, and of optional ones below it. */
export function parentsAmong(
  { layers, nodes }: GraphState,
  type: TypeFacts,
  written: (index: number) => number,
  count: number,
): { readonly parents: readonly number[]; readonly nearest: number } {
  let nearest = -1;
  for (let index = 0; index < count; index++) {
    const facts = layers.types[nodes.artifactOf(written(index)).type];
    if (facts === undefined || facts.optional || facts.layer <= nearest) continue;
    if (type.upstream.includes(facts.number)) nearest = facts.layer;
  }
  const parents: number[] = [];
  for (let index = 0; index < count; index++) {
    const to = written(index);
    const facts = layers.types[nodes.artifactOf(to).type];
    if (facts !== undefined && (facts.optional ? facts.layer > nearest : facts.layer === nearest)) parents.push(to);
  }
  return { parents, nearest };
}
