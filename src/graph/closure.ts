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

/** Parents of nodes, worked out once for each state of the graph. */
class ParentMemo {
  readonly #version: IntList = new IntList(1024);
  readonly #start: IntList = new IntList(1024);
  readonly #end: IntList = new IntList(1024);
  readonly #types: IntList = new IntList(1024);
  readonly #parents: IntList = new IntList(4096);
  #current = -1;

  /** True when the node's entry is that of the version. */
  has(node: number, version: number): boolean {
    if (this.#current !== version) this.#parents.clear();
    this.#current = version;
    return this.#version.at(node) === version;
  }

  /** Notes the parents of a node, and the types it wrote as bits. */
  note(node: number, parents: readonly number[], types: number): void {
    this.#version.set(node, this.#current);
    this.#start.set(node, this.#parents.length);
    for (const parent of parents) this.#parents.push(parent);
    this.#end.set(node, this.#parents.length);
    this.#types.set(node, types);
  }

  count(node: number): number {
    return this.#end.at(node) - this.#start.at(node);
  }

  parent(node: number, index: number): number {
    return this.#parents.at(this.#start.at(node) + index);
  }

  types(node: number): number {
    return this.#types.at(node);
  }
}

/** Bit of a type in a set of types; several types may share one, so that the set says "perhaps". */
function bitOf(type: number): number {
  return 1 << (type % 30);
}

/** The set holds documents without tags of some type of their own, which have those of their elements. */
const looseBit = 1 << 30;

/** Follows the chain of parents. No layer is met twice on a chain, so cycles and depth do not matter. */
export class Lineages {
  readonly #state: GraphState;
  readonly #tags: WrittenTags;
  readonly #seen = new Marks();
  readonly #expected = new Marks();
  readonly #memo = new ParentMemo();
  readonly #queue: IntList = new IntList(256);

  constructor(state: GraphState) {
    this.#state = state;
    this.#tags = new WrittenTags(state);
  }

  /** The lineage of a node; undefined for what has no type, or writes nothing that leads upward. `via` is empty when nobody asks for it. */
  of(node: number, explain: boolean): Lineage | undefined {
    const type = this.typeOf(node);
    if (type === undefined) return undefined;
    this.#tags.load(node);
    const written = this.#resolved(type.layer);
    if (written.length === 0) return undefined;
    const { parents, nearest } = this.#parentsOf(type, written);
    return { node, type, written, parents, nearest, ...this.#walk(node, type, parents, explain) };
  }

  /** The targets that a node's chain goes on with; for a document also those of its elements. */
  parentsOf(node: number): readonly number[] {
    const type = this.typeOf(node);
    if (type === undefined) return [];
    this.#tags.load(node);
    return this.#parentsOf(type, [...this.#resolved(type.layer), ...this.#resolved(type.layer, "element")]).parents;
  }

  /** The targets that a node's own chain goes on with: of a document those of its tags alone, without its elements'. */
  directParentsOf(node: number): readonly number[] {
    const type = this.typeOf(node);
    if (type === undefined) return [];
    this.#tags.load(node);
    return this.#parentsOf(type, this.#resolved(type.layer)).parents;
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
    explain: boolean,
  ): Pick<Lineage, "expected" | "copied" | "allowed" | "via"> {
    const via = new Map<number, number>();
    const expected: number[] = [];
    const allowed: number[] = [];
    this.#seen.clear();
    this.#expected.clear();
    this.#queue.clear();
    for (const parent of parents) if (this.#reach(parent) && explain) via.set(parent, node);
    const own = this.#queue.length;
    let types = 0;
    for (let next = 0; next < this.#queue.length; next++) {
      const ancestor = this.#queue.at(next);
      this.#remember(ancestor);
      types |= this.#memo.types(ancestor);
      if (next < own || (this.#memo.types(ancestor) & looseBit) !== 0) this.#allow(ancestor, next < own, allowed);
      for (let index = 0; index < this.#memo.count(ancestor); index++) {
        const to = this.#memo.parent(ancestor, index);
        if (this.#expected.add(to)) expected.push(to);
        if (this.#reach(to) && explain) via.set(to, ancestor);
      }
    }
    const copied = this.#copies(type, expected, types);
    return { expected: [...expected, ...copied], copied: new Set(copied), allowed, via };
  }

  #remember(node: number): void {
    if (this.#memo.has(node, this.#state.version)) return;
    const facts = this.typeOf(node);
    if (facts === undefined) return this.#memo.note(node, [], 0);
    this.#tags.load(node);
    const written = this.#resolved(facts.layer);
    let types = this.#tags.writers.includes("element") ? looseBit : 0;
    for (const to of written) types |= bitOf(this.#state.nodes.artifactOf(to).type);
    this.#memo.note(node, this.#parentsOf(facts, written).parents, types);
  }

  /** Adds what an ancestor wrote, when it is a parent, and where the elements of a document lead. */
  #allow(node: number, isParent: boolean, allowed: number[]): void {
    const layer = this.#layerOf(node);
    this.#tags.load(node);
    if (isParent) for (const to of this.#resolved(layer)) allowed.push(to);
    for (const to of this.#resolved(layer, "element")) allowed.push(to);
  }

  #reach(node: number): boolean {
    if (!this.#seen.add(node)) return false;
    this.#queue.push(node);
    return true;
  }

  /** Of types that no chain reached: what the first ancestor to write one wrote of it. */
  #copies(type: TypeFacts, expected: readonly number[], types: number): readonly number[] {
    const { nodes } = this.#state;
    let reached = 0;
    for (const node of expected) reached |= bitOf(nodes.artifactOf(node).type);
    const perhaps = [...type.upstream, ...type.conditional].filter((one) => (types & ~reached & bitOf(one)) !== 0);
    const wanted = perhaps.filter((one) => !expected.some((node) => nodes.artifactOf(node).type === one));
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
