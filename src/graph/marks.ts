import type { NodeTable } from "./node-table.ts";

/** A set of small numbers that is emptied in no time. */
export class Marks {
  #pass = new Int32Array(1024);
  #current = 1;

  clear(): void {
    this.#current++;
  }

  has(number: number): boolean {
    return this.#pass[number] === this.#current;
  }

  /** Adds a number; false when it was in the set. */
  add(number: number): boolean {
    if (number >= this.#pass.length) this.#grow(number + 1);
    if (this.#pass[number] === this.#current) return false;
    this.#pass[number] = this.#current;
    return true;
  }

  #grow(least: number): void {
    const grown = new Int32Array(Math.max(least, this.#pass.length * 2));
    grown.set(this.#pass);
    this.#pass = grown;
  }
}

/** A set of nodes in which a document as a whole stands for each of its elements, and each of them for the document. */
export class NodeMarks {
  readonly #nodes: NodeTable;
  readonly #marked = new Marks();
  readonly #artifacts = new Marks();

  constructor(nodes: NodeTable) {
    this.#nodes = nodes;
  }

  clear(): void {
    this.#marked.clear();
    this.#artifacts.clear();
  }

  add(node: number): void {
    this.#marked.add(node);
    this.#artifacts.add(this.#nodes.artifactOf(node).number);
  }

  /** True when the node, or one that stands for it, is in the set. */
  covers(node: number): boolean {
    if (this.#marked.has(node)) return true;
    const artifact = this.#nodes.artifactOf(node);
    return node === artifact.node ? this.#artifacts.has(artifact.number) : this.#marked.has(artifact.node);
  }

  /** True when something of the same document is in the set. */
  meets(node: number): boolean {
    return this.#artifacts.has(this.#nodes.artifactOf(node).number);
  }
}
