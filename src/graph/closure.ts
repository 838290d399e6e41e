import type { GraphState } from "./graph-state.ts";
import { IntList } from "./int-list.ts";
import type { TypeFacts } from "./layer-table.ts";
import { Marks } from "./marks.ts";
import { WrittenTags } from "./written-tags.ts";

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
  /** The node from which the chain came to an ancestor: through it lead the steps back to `node`. */
  readonly via: ReadonlyMap<number, number>;
}

/** Follows the chain of parents. No layer is met twice on a chain, so cycles and depth do not matter. */
export class Lineages {
  readonly #state: GraphState;
  readonly #tags: WrittenTags;
  readonly #seen = new Marks();
  readonly #expected = new Marks();
  /** Types that ancestors named. */
  readonly #named = new Marks();
  readonly #queue: IntList = new IntList(256);

  constructor(state: GraphState) {
    this.#state = state;
    this.#tags = new WrittenTags(state);
  }

  /** The lineage of a node; undefined for what has no type, or writes nothing that leads upward. */
  of(node: number): Lineage | undefined {
    const type = this.typeOf(node);
    if (type === undefined) return undefined;
    this.#tags.load(node);
    const written = this.#resolved(type.layer);
    if (written.length === 0) return undefined;
    const { parents, nearest } = this.#parentsOf(type, written);
    return { node, type, written, parents, nearest, ...this.#walk(node, type, parents) };
  }

  /** The targets that a node's chain goes on with; for a document also those of its elements. */
  parentsOf(node: number): readonly number[] {
    const type = this.typeOf(node);
    if (type === undefined) return [];
    this.#tags.load(node);
    return this.#parentsOf(type, [...this.#resolved(type.layer), ...this.#resolved(type.layer, "element")]).parents;
  }

  /** True when a tag of the node, or of an element of a document, leads to a layer above. */
  leadsUp(node: number): boolean {
    const type = this.typeOf(node);
    if (type === undefined) return false;
    this.#tags.load(node);
    return this.#resolved(type.layer).length > 0 || this.#resolved(type.layer, "element").length > 0;
  }

  /** Facts of a node's type. */
  typeOf(node: number): TypeFacts | undefined {
    return this.#state.layers.types[this.#state.nodes.artifactOf(node).type];
  }

  /** Resolved targets of the loaded tags that lie above a layer. */
  #resolved(layer: number, writer?: "element"): number[] {
    const targets: number[] = [];
    for (let index = 0; index < this.#tags.length; index++) {
      const to = this.#tags.to(index);
      if (to < 0 || (writer !== undefined) !== (this.#tags.writers[index] === "element")) continue;
      const above = this.#layerOf(to);
      if (above >= 0 && above < layer) targets.push(to);
    }
    return targets;
  }

  #layerOf(node: number): number {
    return this.#state.layers.layerOf(this.#state.nodes.artifactOf(node).type);
  }

  #parentsOf(type: TypeFacts, written: readonly number[]): { parents: readonly number[]; nearest: number } {
    let nearest = -1;
    for (const to of written) {
      const facts = this.typeOf(to);
      if (facts !== undefined && !facts.optional && type.upstream.includes(facts.number)) {
        nearest = Math.max(nearest, facts.layer);
      }
    }
    const parents = written.filter((to) => {
      const facts = this.typeOf(to);
      if (facts === undefined) return false;
      return facts.optional ? facts.layer > nearest : facts.layer === nearest;
    });
    return { parents, nearest };
  }

  /** Breadth first; what only elements of a document named as a whole lead to is allowed, not expected. */
  #walk(
    node: number,
    type: TypeFacts,
    parents: readonly number[],
  ): Pick<Lineage, "expected" | "copied" | "allowed" | "via"> {
    const via = new Map<number, number>();
    const expected: number[] = [];
    const allowed: number[] = [];
    this.#seen.clear();
    this.#named.clear();
    this.#expected.clear();
    this.#queue.clear();
    for (const parent of parents) this.#reach(parent, node, via);
    const own = this.#queue.length;
    for (let next = 0; next < this.#queue.length; next++) {
      const ancestor = this.#queue.at(next);
      const facts = this.typeOf(ancestor);
      if (facts === undefined) continue;
      this.#tags.load(ancestor);
      const written = this.#resolved(facts.layer);
      const loose = this.#resolved(facts.layer, "element");
      if (next < own) for (const to of written) allowed.push(to);
      for (const to of loose) allowed.push(to);
      for (const to of written) this.#named.add(this.#state.nodes.artifactOf(to).type);
      for (const to of this.#parentsOf(facts, written).parents) {
        if (this.#expected.add(to)) expected.push(to);
        this.#reach(to, ancestor, via);
      }
    }
    const copied = this.#copies(type, expected);
    return { expected: [...expected, ...copied], copied: new Set(copied), allowed, via };
  }

  #reach(node: number, from: number, via: Map<number, number>): void {
    if (!this.#seen.add(node)) return;
    this.#queue.push(node);
    via.set(node, from);
  }

  /** Of types that no chain reached: what the first ancestor to write one wrote of it. */
  #copies(type: TypeFacts, expected: readonly number[]): readonly number[] {
    const { nodes } = this.#state;
    const reached = new Set(expected.map((node) => nodes.artifactOf(node).type));
    const wanted = [...type.upstream, ...type.conditional].filter((one) => this.#named.has(one) && !reached.has(one));
    if (wanted.length === 0) return wanted;
    const copies = new Map<number, readonly number[]>();
    for (let next = 0; next < this.#queue.length; next++) {
      const ancestor = this.#queue.at(next);
      this.#tags.load(ancestor);
      const written = this.#resolved(this.#layerOf(ancestor));
      for (const one of wanted) {
        const found = copies.has(one) ? [] : written.filter((to) => nodes.artifactOf(to).type === one);
        if (found.length > 0) copies.set(one, found);
      }
    }
    return wanted.flatMap((one) => copies.get(one) ?? []);
  }
}
