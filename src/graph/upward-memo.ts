import { linkColumn, linkWidth } from "./artifact-entry.ts";
import type { GraphState } from "./graph-state.ts";
import { grown, IntList } from "./int-list.ts";
import type { TypeFacts } from "./layer-table.ts";
import { Marks } from "./marks.ts";
import { firstOf, WrittenTags } from "./written-tags.ts";

/** Bit of a type in a set of types; several types may share one, so that the set says "perhaps". */
export function bitOf(type: number): number {
  return 1 << (type % 30);
}

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
  readonly #targets: IntList = new IntList(8192);
  /** Types of the targets, side by side with them. */
  readonly #types: IntList = new IntList(8192);
  readonly #known = new Marks();
  /** Types of tags, each one more. */
  readonly #own = new Marks();
  /** Place behind the targets that were written by the node that is worked out, or by its document. */
  #loose = 0;
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

  /** Number of the type of a target at a place. */
  type(place: number): number {
    return this.#types.at(place);
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

  /** Layer of the nearest targets between two places that are not optional and of types that a type must name; -1 for none. */
  nearestOf({ upstream }: TypeFacts, start: number, end: number): number {
    const { types } = this.#state.layers;
    let nearest = -1;
    for (let at = start; at < end; at++) {
      const facts = types[this.type(at)];
      if (facts === undefined || facts.optional || facts.layer <= nearest) continue;
      if (upstream.includes(facts.number)) nearest = facts.layer;
    }
    return nearest;
  }

  /** True when a chain goes on with a target at a place: it is of the nearest layer that is not optional, or of an optional one below it. */
  isParent(place: number, nearest: number): boolean {
    const facts = this.#state.layers.types[this.type(place)];
    return facts !== undefined && (facts.optional ? facts.layer > nearest : facts.layer === nearest);
  }

  #forget(): void {
    this.#version = this.#state.version;
    this.#known.clear();
    this.#targets.clear();
    this.#types.clear();
  }

  #note(node: number): void {
    const targets = this.#targets;
    const artifact = this.#state.nodes.artifactOf(node);
    const facts = this.#state.layers.types[artifact.type];
    const start = targets.length;
    let [types, nearest] = [0, -1];
    this.#loose = start;
    if (facts !== undefined) {
      const [first, second] = artifact.holders;
      if (first !== undefined && second === undefined) {
        types = this.#resolveIn(first.links, node, artifact.node, facts.layer);
      } else types = this.#resolveTags(node, facts.layer);
    }
    const [loose, parents] = [this.#loose, targets.length];
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
    entries[at + column.end] = targets.length;
    entries[at + column.nearest] = nearest;
    entries[at + column.types] = types;
  }

  #resolveTags(node: number, layer: number): number {
    this.#tags.load(node);
    const types = this.#resolve(layer, 0, this.#tags.whole);
    this.#loose = this.#targets.length;
    this.#resolve(layer, this.#tags.whole, this.#tags.length);
    return types;
  }

  /** Why: nearly all nodes are those of one file, whose tags need not be gathered first. */
  #resolveIn(links: Int32Array, node: number, document: number, layer: number): number {
    let types = 0;
    this.#own.clear();
    for (let at = firstOf(links, node); links[at] === node; at += linkWidth) {
      this.#own.add((links[at + linkColumn.type] as number) + 1);
      types |= this.#take(links, at, layer);
    }
    if (node !== document) types |= this.#inherit(links, document, layer);
    this.#loose = this.#targets.length;
    if (node === document) this.#collect(links, document, layer);
    return types;
  }

  /** What an element's document wrote of other types than the element. */
  #inherit(links: Int32Array, document: number, layer: number): number {
    let types = 0;
    for (let at = firstOf(links, document); links[at] === document; at += linkWidth) {
      if (!this.#own.has((links[at + linkColumn.type] as number) + 1)) types |= this.#take(links, at, layer);
    }
    return types;
  }

  /** What a document's elements wrote of other types than the document. */
  #collect(links: Int32Array, document: number, layer: number): void {
    for (let at = 0; at < links.length; at += linkWidth) {
      if (links[at] === document || this.#own.has((links[at + linkColumn.type] as number) + 1)) continue;
      this.#take(links, at, layer);
    }
  }

  /** Adds the target of a link that lies above a layer; gives the bit of its type. */
  #take(links: Int32Array, at: number, layer: number): number {
    const to = links[at + linkColumn.to] as number;
    const type = to < 0 ? -1 : (this.#state.nodes.artifacts[links[at + linkColumn.artifact] as number]?.type ?? -1);
    const above = this.#state.layers.layerOf(type);
    if (above < 0 || above >= layer) return 0;
    this.#targets.push(to);
    this.#types.push(type);
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
      this.#targets.push(to);
      this.#types.push(type);
    }
    return types;
  }

  #addParents(start: number, end: number, nearest: number): void {
    for (let at = start; at < end; at++) {
      if (!this.isParent(at, nearest)) continue;
      this.#targets.push(this.target(at));
      this.#types.push(this.type(at));
    }
  }

  #grow(least: number): void {
    this.#entries = grown(this.#entries, Math.max(least, this.#entries.length * 2, this.#state.nodes.size * width));
  }
}
