import { linkColumn, linkWidth } from "./artifact-entry.ts";
import type { GraphState } from "./graph-state.ts";
import { grown } from "./int-list.ts";
import type { TypeFacts } from "./layer-table.ts";
import { Marks } from "./marks.ts";
import { firstOf, WrittenTags } from "./written-tags.ts";

/** Bit of a type in a set of types; several types may share one, so that the set says "perhaps". */
export function bitOf(type: number): number {
  return 1 << (type % 30);
}

/** By number of a type, its layer where a type must name it and it is not optional; -1 else. */
function stepsOf({ upstream }: TypeFacts, types: readonly TypeFacts[]): Int32Array {
  return Int32Array.from(types, ({ number, layer, optional }) => (!optional && upstream.includes(number) ? layer : -1));
}

const noSteps: Int32Array = new Int32Array(0);

/** Numbers of one node's entry. */
const width = 6;
const column = { written: 0, loose: 1, parents: 2, end: 3, nearest: 4, types: 5 } as const;

/**
 * Where the tags of nodes lead upward, worked out once for each state of the graph: for each node, one after the other, the targets
 * written by it or its document, those that its elements alone wrote, and its parents. Ask `load`, then the numbers of the node.
 */
export class UpwardMemo {
  readonly #state: GraphState;
  readonly #tags: WrittenTags;
  /** `width` numbers a node. */
  #entries = new Int32Array(width * 1024);
  /** Targets, and their types side by side with them. */
  #targets = new Int32Array(8192);
  #types = new Int32Array(8192);
  #length = 0;
  readonly #steps: readonly Int32Array[];
  readonly #optional: readonly boolean[];
  readonly #known = new Marks();
  /** Types of tags, each one more. */
  readonly #own = new Marks();
  /** Place behind the targets that were written by the node that is worked out, or by its document. */
  #loose = 0;
  #version = -1;

  constructor(state: GraphState) {
    this.#state = state;
    this.#tags = new WrittenTags(state);
    const { types } = state.layers;
    this.#steps = types.map((type) => stepsOf(type, types));
    this.#optional = types.map(({ optional }) => optional);
  }

  /** Works a node out, unless it is known. */
  load(node: number): void {
    if (this.#version !== this.#state.version) this.#forget();
    if (this.#known.add(node)) this.#note(node);
  }

  /** A target at a place. */
  target(place: number): number {
    return this.#targets[place] as number;
  }

  /** Number of the type of a target at a place. */
  type(place: number): number {
    return this.#types[place] as number;
  }

  /** Places of the targets written by a node itself, or by its document: from here to `loose`. */
  written(node: number): number {
    return this.#entries[node * width + column.written] as number;
  }

  /** From here to `parents` stand the targets that a document's elements wrote, of types that the document did not write. */
  loose(node: number): number {
    return this.#entries[node * width + column.loose] as number;
  }

  /** From here to `end` stand those of the written targets with which the chain goes on. */
  parents(node: number): number {
    return this.#entries[node * width + column.parents] as number;
  }

  end(node: number): number {
    return this.#entries[node * width + column.end] as number;
  }

  /** Layer of the nearest parents that are not optional; -1 for none. */
  nearest(node: number): number {
    return this.#entries[node * width + column.nearest] as number;
  }

  /** Bits of the types that were written. */
  types(node: number): number {
    return this.#entries[node * width + column.types] as number;
  }

  /** True for types of which the first must name the second, which is not optional. */
  isStep(type: number, target: number): boolean {
    return (this.#steps[type]?.[target] ?? -1) >= 0;
  }

  /** Layer of the nearest targets between two places that are not optional and of types that a type must name; -1 for none. */
  nearestOf({ number }: TypeFacts, start: number, end: number): number {
    const steps = this.#steps[number] ?? noSteps;
    let nearest = -1;
    for (let at = start; at < end; at++) {
      const layer = steps[this.#types[at] as number] as number;
      if (layer > nearest) nearest = layer;
    }
    return nearest;
  }

  /** True when a chain goes on with a target at a place: it is of the nearest layer that is not optional, or of an optional one below it. */
  isParent(place: number, nearest: number): boolean {
    const type = this.#types[place] as number;
    const layer = this.#state.layers.layerOf(type);
    return this.#optional[type] === true ? layer > nearest : layer === nearest;
  }

  #forget(): void {
    this.#version = this.#state.version;
    this.#known.clear();
    this.#length = 0;
  }

  #note(node: number): void {
    const artifact = this.#state.nodes.artifactOf(node);
    const facts = this.#state.layers.types[artifact.type];
    const start = this.#length;
    let [types, nearest] = [0, -1];
    this.#loose = start;
    if (facts !== undefined) {
      const [first, second] = artifact.holders;
      if (first !== undefined && second === undefined) {
        types = this.#resolveIn(first.links, node, artifact.node);
      } else types = this.#resolveTags(node, facts.layer);
    }
    const [loose, parents] = [this.#loose, this.#length];
    if (facts !== undefined && loose > start) {
      nearest = this.nearestOf(facts, start, loose);
      this.#addParents(start, loose, nearest);
    }
    const at = node * width;
    if (at >= this.#entries.length) this.#grow(at + width);
    const entries = this.#entries;
    entries[at + column.written] = start;
    entries[at + column.loose] = loose;
    entries[at + column.parents] = parents;
    entries[at + column.end] = this.#length;
    entries[at + column.nearest] = nearest;
    entries[at + column.types] = types;
  }

  #resolveTags(node: number, layer: number): number {
    this.#tags.load(node);
    const types = this.#resolve(layer, 0, this.#tags.whole);
    this.#loose = this.#length;
    this.#resolve(layer, this.#tags.whole, this.#tags.length);
    return types;
  }

  /** Why: nearly all nodes are those of one file, whose tags need not be gathered first. */
  #resolveIn(links: Int32Array, node: number, document: number): number {
    // Why: each tag is a target at most once as it is, and once as a parent.
    this.#reserve((links.length / linkWidth) * 2);
    const start = firstOf(links, node);
    let [types, end] = [0, start];
    for (; links[end] === node; end += linkWidth) types |= this.#take(links, end);
    if (node === document) {
      this.#loose = this.#length;
      if (end < links.length) this.#collect(links, start, end);
      return types;
    }
    if (links[0] === document) types |= this.#inherit(links, document, start, end);
    this.#loose = this.#length;
    return types;
  }

  /** What an element's document wrote of other types than the element, whose tags stand between two offsets. */
  #inherit(links: Int32Array, document: number, start: number, end: number): number {
    let types = 0;
    this.#markTypes(links, start, end);
    for (let at = 0; links[at] === document; at += linkWidth) {
      if (!this.#own.has((links[at + linkColumn.type] as number) + 1)) types |= this.#take(links, at);
    }
    return types;
  }

  /** What a document's elements wrote of other types than the document, whose tags stand between two offsets. */
  #collect(links: Int32Array, start: number, end: number): void {
    this.#markTypes(links, start, end);
    for (let at = end; at < links.length; at += linkWidth) {
      if (!this.#own.has((links[at + linkColumn.type] as number) + 1)) this.#take(links, at);
    }
  }

  #markTypes(links: Int32Array, start: number, end: number): void {
    this.#own.clear();
    for (let at = start; at < end; at += linkWidth) this.#own.add((links[at + linkColumn.type] as number) + 1);
  }

  /** Adds the target of a link that lies above its document; gives the bit of its type. There must be room. */
  #take(links: Int32Array, at: number): number {
    const type = links[at + linkColumn.above] as number;
    if (type < 0) return 0;
    this.#targets[this.#length] = links[at + linkColumn.to] as number;
    this.#types[this.#length++] = type;
    return bitOf(type);
  }

  /** Adds the resolved targets of some of the loaded tags that lie above a layer; gives the bits of their types. */
  #resolve(layer: number, from: number, end: number): number {
    const { layers, nodes } = this.#state;
    let types = 0;
    for (let index = from; index < end; index++) {
      const to = this.#tags.to(index);
      if (to < 0) continue;
      const type = nodes.typeOf(to);
      const above = layers.layerOf(type);
      if (above < 0 || above >= layer) continue;
      types |= bitOf(type);
      this.#add(to, type);
    }
    return types;
  }

  #addParents(start: number, end: number, nearest: number): void {
    for (let at = start; at < end; at++) {
      if (this.isParent(at, nearest)) this.#add(this.target(at), this.type(at));
    }
  }

  #add(target: number, type: number): void {
    this.#reserve(1);
    this.#targets[this.#length] = target;
    this.#types[this.#length++] = type;
  }

  #reserve(more: number): void {
    const least = this.#length + more;
    if (least <= this.#targets.length) return;
    this.#targets = grown(this.#targets, least * 2);
    this.#types = grown(this.#types, least * 2);
  }

  #grow(least: number): void {
    this.#entries = grown(this.#entries, Math.max(least, this.#entries.length * 2, this.#state.nodes.size * width));
  }
}
