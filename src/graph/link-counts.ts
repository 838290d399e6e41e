import { type DocumentEntry, linkColumn, linkWidth } from "./artifact-entry.ts";
import type { GraphState } from "./graph-state.ts";
import { grown } from "./int-list.ts";

/** How many links lead to each node: counted at the first question, and for changed documents again. */
export class LinkCounts {
  readonly #state: GraphState;
  #version = -1;
  /** By node: all links, and those of documents of a later layer than its own. */
  #all = new Int32Array(0);
  #later = new Int32Array(0);
  /** Layer of each artifact, by number. */
  #layers = new Int32Array(0);
  /** Link rows of each document as they were counted. */
  readonly #counted = new Map<DocumentEntry, Int32Array>();

  constructor(state: GraphState) {
    this.#state = state;
  }

  /** True when a link leads to the node. */
  isNamed(node: number): boolean {
    this.#refresh();
    return (this.#all[node] ?? 0) > 0;
  }

  /** True when a link of a later layer leads to the node. */
  isNamedLater(node: number): boolean {
    this.#refresh();
    return (this.#later[node] ?? 0) > 0;
  }

  #refresh(): void {
    const state = this.#state;
    state.settle();
    if (this.#version === state.version) return;
    const change = state.changes.since(this.#version);
    this.#version = state.version;
    const { size } = state.nodes;
    if (change === undefined) {
      this.#counted.clear();
      this.#all = new Int32Array(size);
      this.#later = new Int32Array(size);
    } else if (size > this.#all.length) {
      this.#all = grown(this.#all, size * 2);
      this.#later = grown(this.#later, size * 2);
    }
    if (change === undefined || state.nodes.artifacts.length > this.#layers.length) {
      this.#layers = Int32Array.from(state.nodes.artifacts, ({ type }) => state.layers.layerOf(type));
    }
    for (const document of change?.documents ?? state.documents()) this.#recount(document);
  }

  #recount(document: DocumentEntry): void {
    if (document.trace.template) return;
    const before = this.#counted.get(document);
    if (before !== undefined) this.#count(document, before, -1);
    this.#count(document, document.links, 1);
    this.#counted.set(document, document.links);
  }

  #count({ artifact }: DocumentEntry, links: Int32Array, by: number): void {
    const [all, later, layers] = [this.#all, this.#later, this.#layers];
    const layer = layers[artifact.number] as number;
    for (let at = 0; at < links.length; at += linkWidth) {
      const to = links[at + linkColumn.to] as number;
      if (to < 0) continue;
      all[to] = (all[to] as number) + by;
      if (layer > (layers[links[at + linkColumn.artifact] as number] as number)) later[to] = (later[to] as number) + by;
    }
  }
}
