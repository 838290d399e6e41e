import type { GraphState } from "./graph-state.ts";
import { grown, IntList } from "./int-list.ts";
import { Marks } from "./marks.ts";
import { bitOf, type UpwardMemo } from "./upward-memo.ts";

/** Numbers of one node's entry. */
const width = 4;
const column = { start: 0, end: 1, written: 2, met: 3 } as const;
/** Why: a node below a thousand others would keep a thousand numbers, and so would each below it. */
const longest = 64;
const wide = -1;

/**
 * What the chains lead to that begin at a node, in no order, kept for each node that others have as a parent. A node far below has no
 * trunk: who asks for it follows the chains.
 */
export class Trunks {
  readonly #state: GraphState;
  readonly #memo: UpwardMemo;
  #entries = new Int32Array(width * 256);
  readonly #nodes: IntList = new IntList(1024);
  readonly #types: IntList = new IntList(1024);
  readonly #known = new Marks();
  readonly #seen = new Marks();
  #version = -1;

  constructor(state: GraphState, memo: UpwardMemo) {
    this.#state = state;
    this.#memo = memo;
  }

  /** Works the trunk of a node out, unless it is known; false when it has none. */
  load(node: number): boolean {
    if (this.#version !== this.#state.version) this.#forget();
    if (this.#known.add(node)) this.#note(node);
    return this.start(node) !== wide;
  }

  /** Places of what a node's chains lead to: from here to `end`. */
  start(node: number): number {
    return this.#entries[node * width + column.start] as number;
  }

  end(node: number): number {
    return this.#entries[node * width + column.end] as number;
  }

  /** Bits of the types that the node, or one its chains lead to, wrote. */
  written(node: number): number {
    return this.#entries[node * width + column.written] as number;
  }

  /** Bits of the types that its chains lead to. */
  met(node: number): number {
    return this.#entries[node * width + column.met] as number;
  }

  node(place: number): number {
    return this.#nodes.at(place);
  }

  /** Number of the type of the node at a place. */
  type(place: number): number {
    return this.#types.at(place);
  }

  #forget(): void {
    this.#version = this.#state.version;
    this.#known.clear();
    this.#nodes.clear();
    this.#types.clear();
  }

  #note(node: number): void {
    this.#memo.load(node);
    const isWide = this.#isWide(node);
    const start = isWide ? wide : this.#nodes.length;
    const at = node * width;
    if (at >= this.#entries.length) this.#grow(at + width);
    this.#entries[at + column.written] = this.#memo.types(node);
    this.#entries[at + column.met] = 0;
    if (!isWide) this.#join(node, at);
    this.#entries[at + column.start] = start;
    this.#entries[at + column.end] = this.#nodes.length;
  }

  /** True when a node's chains lead to too many others. Works out the trunks of its parents. */
  #isWide(node: number): boolean {
    const memo = this.#memo;
    let size = 0;
    // Why: each parent lies above its child, so that there are no more steps than layers.
    for (let at = memo.parents(node); at < memo.end(node); at++) {
      const parent = memo.target(at);
      if (!this.load(parent)) return true;
      size += 1 + this.end(parent) - this.start(parent);
      if (size > longest) return true;
    }
    return false;
  }

  /** Puts the trunks of a node's parents together. */
  #join(node: number, entry: number): void {
    const memo = this.#memo;
    let [written, met] = [memo.types(node), 0];
    this.#seen.clear();
    for (let at = memo.parents(node); at < memo.end(node); at++) {
      const parent = memo.target(at);
      this.#add(parent, memo.type(at));
      const end = this.end(parent);
      for (let place = this.start(parent); place < end; place++) this.#add(this.node(place), this.type(place));
      written |= this.written(parent);
      met |= this.met(parent) | bitOf(memo.type(at));
    }
    this.#entries[entry + column.written] = written;
    this.#entries[entry + column.met] = met;
  }

  #add(node: number, type: number): void {
    if (!this.#seen.add(node)) return;
    this.#nodes.push(node);
    this.#types.push(type);
  }

  #grow(least: number): void {
    this.#entries = grown(this.#entries, Math.max(least, this.#entries.length * 2, this.#state.nodes.size * width));
  }
}
