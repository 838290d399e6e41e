import type { GraphState } from "./graph-state.ts";
import { IntList } from "./int-list.ts";
import type { TypeFacts } from "./layer-table.ts";
import { Marks } from "./marks.ts";
import { bitOf, UpwardMemo } from "./upward-memo.ts";

/** Where the parents of a node lead, and what it wrote itself. */
export interface Lineage {
  readonly node: number;
  readonly type: TypeFacts;
  /** Resolved targets that hold for the node, of layers above its own. */
  readonly written: readonly number[];
  /** The written targets its chain goes on with: those of the nearest layer that is not optional, and of optional ones below it. */
  readonly parents: readonly number[];
  /** Layer of the nearest parents that are not optional; -1 for none. */
  readonly nearest: number;
  /** What the chain of parents leads to, the nearest first; the parents only where another parent leads to them. */
  readonly expected: readonly number[];
  /** Of `expected`: ancestors that no chain reaches, but that the nearest ancestor to name their type wrote. */
  readonly copied: ReadonlySet<number>;
  /** What may be written beside: what the parents wrote, and where elements of a document lead that was named as a whole. */
  readonly allowed: readonly number[];
}

/** Follows the chain of parents. No layer is met twice on a chain, so cycles and depth do not matter. */
export class Lineages {
  /** What `walk` met: what the chain leads to, and what may be written beside. Good until the next walk. */
  readonly expected: IntList = new IntList(256);
  readonly allowed: IntList = new IntList(256);
  /** Types of both, side by side with them. */
  readonly expectedTypes: IntList = new IntList(256);
  readonly allowedTypes: IntList = new IntList(256);
  /** Where tags lead upward: what `walk` went along. */
  readonly memo: UpwardMemo;
  readonly #state: GraphState;
  readonly #seen = new Marks();
  readonly #expected = new Marks();
  readonly #queue: IntList = new IntList(256);
  /** Node from which each entry of the queue was reached. */
  readonly #via: IntList = new IntList(256);

  constructor(state: GraphState) {
    this.#state = state;
    this.memo = new UpwardMemo(state);
  }

  /** The lineage of a node; undefined for what has no type, or writes nothing that leads upward. */
  of(node: number): Lineage | undefined {
    const type = this.typeOf(node);
    const { memo } = this;
    memo.load(node);
    if (type === undefined || memo.loose(node) === memo.written(node)) return undefined;
    const reached = this.walk(node, type);
    return {
      node,
      type,
      written: this.#targets(memo.written(node), memo.loose(node)),
      parents: this.#targets(memo.parents(node), memo.end(node)),
      nearest: memo.nearest(node),
      expected: [...this.expected.copy()],
      copied: new Set(this.expected.copy().subarray(reached)),
      allowed: [...this.allowed.copy()],
    };
  }

  /** The targets that a node's chain goes on with; for a document also those of its elements. */
  parentsOf(node: number): readonly number[] {
    const { memo } = this;
    memo.load(node);
    const type = this.typeOf(node);
    const [start, end] = [memo.written(node), memo.parents(node)];
    if (type === undefined || memo.loose(node) === end) return this.directParentsOf(node);
    const nearest = memo.nearestOf(type, start, end);
    const parents: number[] = [];
    for (let at = start; at < end; at++) if (memo.isParent(at, nearest)) parents.push(memo.target(at));
    return parents;
  }

  /** The targets that a node's own chain goes on with: of a document those of its tags alone, without its elements'. */
  directParentsOf(node: number): readonly number[] {
    this.memo.load(node);
    return this.#targets(this.memo.parents(node), this.memo.end(node));
  }

  /** True when a tag of the node, or of an element of a document, leads to a layer above. */
  leadsUp(node: number): boolean {
    this.memo.load(node);
    return this.memo.parents(node) > this.memo.written(node);
  }

  /** Facts of a node's type. */
  typeOf(node: number): TypeFacts | undefined {
    return this.#state.layers.types[this.#state.nodes.typeOf(node)];
  }

  /**
   * Fills `expected` and `allowed` for a loaded node, breadth first; what only elements of a document named as a whole lead to is
   * allowed, not expected. Gives how many of the expected a chain leads to; those after them were copied by an ancestor.
   */
  walk(node: number, type: TypeFacts): number {
    const { memo, expected } = this;
    this.#begin();
    for (let at = memo.parents(node); at < memo.end(node); at++) this.#reach(memo.target(at), node);
    const own = this.#queue.length;
    let [types, met] = [0, 0];
    for (let next = 0; next < this.#queue.length; next++) {
      const ancestor = this.#queue.at(next);
      memo.load(ancestor);
      types |= memo.types(ancestor);
      const parents = memo.parents(ancestor);
      for (let at = next < own ? memo.written(ancestor) : memo.loose(ancestor); at < parents; at++) {
        this.allowed.push(memo.target(at));
        this.allowedTypes.push(memo.type(at));
      }
      const end = memo.end(ancestor);
      for (let at = parents; at < end; at++) {
        const to = memo.target(at);
        this.#reach(to, ancestor);
        if (!this.#expected.add(to)) continue;
        this.#expect(to, memo.type(at));
        met |= bitOf(memo.type(at));
      }
    }
    const reached = expected.length;
    if ((types & ~met) !== 0) this.#addCopies(type, types & ~met);
    return reached;
  }

  #expect(node: number, type: number): void {
    this.expected.push(node);
    this.expectedTypes.push(type);
  }

  /** From the node that `walk` went from over its parents to another; empty for no other. */
  pathTo(to: number | undefined, node: number): readonly number[] {
    if (to === undefined) return [];
    const path: number[] = [];
    for (let at = to; at !== -1 && at !== node; at = this.#via.at(this.#queue.indexOf(at))) path.push(at);
    path.push(node);
    return path.reverse();
  }

  #begin(): void {
    this.expected.clear();
    this.expectedTypes.clear();
    this.allowed.clear();
    this.allowedTypes.clear();
    this.#queue.clear();
    this.#via.clear();
    this.#seen.clear();
    this.#expected.clear();
  }

  #reach(node: number, from: number): void {
    if (!this.#seen.add(node)) return;
    this.#queue.push(node);
    this.#via.push(from);
  }

  #targets(start: number, end: number): readonly number[] {
    const targets: number[] = [];
    for (let at = start; at < end; at++) targets.push(this.memo.target(at));
    return targets;
  }

  /** Of types (by bits) that no chain reached: what the first ancestor to write one wrote of it. */
  #addCopies(type: TypeFacts, types: number): void {
    const reached = this.expected.length;
    for (const demanded of [type.upstream, type.conditional]) {
      for (const one of demanded) if ((types & bitOf(one)) !== 0) this.#addCopiesOf(one, reached);
    }
  }

  /** Why: types that share a bit may have been reached all the same. */
  #addCopiesOf(type: number, reached: number): void {
    const { memo } = this;
    for (let index = 0; index < reached; index++) if (this.expectedTypes.at(index) === type) return;
    const before = this.expected.length;
    for (let next = 0; next < this.#queue.length && this.expected.length === before; next++) {
      const ancestor = this.#queue.at(next);
      if ((memo.types(ancestor) & bitOf(type)) === 0) continue;
      for (let at = memo.written(ancestor); at < memo.loose(ancestor); at++) {
        if (memo.type(at) === type) this.#expect(memo.target(at), type);
      }
    }
  }
}
