import { type ArtifactEntry, linkColumn, linkWidth } from "./artifact-entry.ts";
import type { GraphState } from "./graph-state.ts";
import { grown } from "./int-list.ts";
import { Marks } from "./marks.ts";
import { bitOf, type UpwardMemo } from "./upward-memo.ts";

/** Numbers of one node's entry: where it stands what it wrote of layers above, and what its chain leads to, each with the bits of its types. */
const width = 6;
const column = { start: 0, end: 1, types: 2, chain: 3, chainEnd: 4, met: 5 } as const;
/** Start of what cannot be told in one row. */
const unknown = -1;

/**
 * Tells nodes that wrote just what the chain of their one parent leads to, in its order, and the parent. Why: nearly all did, which one
 * loop over their tags tells; what it wrote is then a node's own chain.
 */
export class CopiedChains {
  readonly #state: GraphState;
  readonly #memo: UpwardMemo;
  #entries = new Int32Array(0);
  /** What nodes wrote, one after the other as it stands in their documents, and chains that differ from it. */
  #targets = new Int32Array(8192);
  #length = 0;
  /** Artifacts of which it is known what was written, and nodes of which it is known where their chain leads. */
  readonly #read = new Marks();
  readonly #known = new Marks();
  #version = -1;

  constructor(state: GraphState, memo: UpwardMemo) {
    this.#state = state;
    this.#memo = memo;
  }

  /** True when what a node wrote of layers above is just what its chain leads to. */
  has(node: number): boolean {
    if (this.#version !== this.#state.version) this.#forget();
    const chain = this.#chainOf(node);
    return chain !== unknown && chain === this.#at(node, column.start);
  }

  /** True when it is known where the chain of a node leads, whatever it wrote. */
  knows(node: number): boolean {
    return this.#at(node, column.chain) !== unknown;
  }

  #forget(): void {
    this.#version = this.#state.version;
    this.#read.clear();
    this.#known.clear();
    this.#length = 0;
    const least = this.#state.nodes.size * width;
    if (least > this.#entries.length) this.#entries = new Int32Array(least);
  }

  #at(node: number, name: number): number {
    return this.#entries[node * width + name] as number;
  }

  /** Where it stands what the chain of a node leads to, the farthest first; `unknown` when that is no one row. */
  #chainOf(node: number): number {
    if (this.#known.add(node)) {
      const artifact = this.#state.nodes.artifactOf(node);
      if (this.#read.add(artifact.number)) this.#readAll(artifact);
      this.#follow(node);
    }
    return this.#at(node, column.chain);
  }

  #follow(node: number): void {
    const [start, end, types] = [
      this.#at(node, column.start),
      this.#at(node, column.end),
      this.#at(node, column.types),
    ];
    if (start === unknown || start === end || this.#repeats(node, start, end) || this.#leadsToRoots(node)) {
      this.#setChain(node, start, end, types);
      return;
    }
    const memo = this.#memo;
    const at = memo.parents(node);
    if (memo.end(node) - at !== 1 || this.#chainOf(memo.target(at)) === unknown)
      this.#setChain(node, unknown, unknown, 0);
    else this.#lengthen(node, memo.target(at), memo.type(at));
  }

  /** True when a node wrote what the chain of its last target leads to, and that, with which its own chain then goes on. */
  #repeats(node: number, start: number, end: number): boolean {
    const { nodes } = this.#state;
    const parent = this.#targets[end - 1] as number;
    // Why: each parent lies above its child, so that there are no more steps than layers.
    if (!this.#memo.isStep(nodes.typeOf(node), nodes.typeOf(parent))) return false;
    let place = this.#chainOf(parent);
    if (place === unknown || this.#at(parent, column.chainEnd) - place !== end - start - 1) return false;
    const targets = this.#targets;
    for (let at = start; at < end - 1; at++) if (targets[at] !== targets[place++]) return false;
    return true;
  }

  /** True when all that a node wrote are its parents, and lead nowhere. Loads the node. */
  #leadsToRoots(node: number): boolean {
    const memo = this.#memo;
    memo.load(node);
    const [start, end] = [memo.parents(node), memo.end(node)];
    if (end - start !== memo.loose(node) - memo.written(node)) return false;
    for (let at = start; at < end; at++) {
      const chain = this.#chainOf(memo.target(at));
      if (chain === unknown || chain !== this.#at(memo.target(at), column.chainEnd)) return false;
    }
    return true;
  }

  /** Writes down that a node's chain is that of its parent, and the parent. */
  #lengthen(node: number, parent: number, type: number): void {
    const [from, end] = [this.#at(parent, column.chain), this.#at(parent, column.chainEnd)];
    const start = this.#length;
    this.#reserve(end - from + 1);
    this.#targets.copyWithin(start, from, end);
    this.#length += end - from;
    this.#targets[this.#length++] = parent;
    const met = this.#at(parent, column.met) | bitOf(type);
    // Why: what an ancestor wrote that no chain reaches is expected, too.
    if ((this.#memo.types(node) & ~met) !== 0) this.#setChain(node, unknown, unknown, 0);
    else this.#setChain(node, start, this.#length, met);
  }

  #setChain(node: number, start: number, end: number, met: number): void {
    const entries = this.#entries;
    entries[node * width + column.chain] = start;
    entries[node * width + column.chainEnd] = end;
    entries[node * width + column.met] = met;
  }

  #setWritten(node: number, start: number, end: number, types: number): void {
    const entries = this.#entries;
    entries[node * width + column.start] = start;
    entries[node * width + column.end] = end;
    entries[node * width + column.types] = types;
  }

  /** Reads what a document and its elements wrote. */
  #readAll({ holders, node: document, elements }: ArtifactEntry): void {
    const [first, second] = holders;
    const isOne = first !== undefined && second === undefined;
    const isWhole = isOne && first.links[0] === document;
    const start = isOne ? this.#length : unknown;
    this.#setWritten(document, start, start, 0);
    // Why: what a document writes holds for its elements too, but for types that these write.
    let end = 0;
    if (isWhole) end = this.#readOf(first.links, 0, document);
    const [wholeEnd, types] = [this.#at(document, column.end), this.#at(document, column.types)];
    for (const element of elements.values()) this.#setWritten(element, start, wholeEnd, types);
    if (!isOne) return;
    for (const { links } = first; end < links.length; ) {
      const element = links[end] as number;
      end = this.#readOf(links, end, element);
      if (isWhole) this.#setWritten(element, unknown, unknown, 0);
    }
  }

  /** Reads the rows of one node, from an offset on; gives the offset of those of the next. */
  #readOf(links: Int32Array, from: number, node: number): number {
    this.#reserve((links.length - from) / linkWidth);
    const [targets, start] = [this.#targets, this.#length];
    let [length, types, at] = [start, 0, from];
    for (; links[at] === node; at += linkWidth) {
      const type = links[at + linkColumn.above] as number;
      if (type < 0) continue;
      targets[length++] = links[at + linkColumn.to] as number;
      types |= bitOf(type);
    }
    this.#length = length;
    this.#setWritten(node, start, length, types);
    return at;
  }

  #reserve(more: number): void {
    const least = this.#length + more;
    if (least > this.#targets.length) this.#targets = grown(this.#targets, least * 2);
  }
}
