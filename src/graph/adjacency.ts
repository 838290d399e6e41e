import { type DocumentEntry, linkColumn, linkWidth } from "./artifact-entry.ts";
import type { GraphState } from "./graph-state.ts";

/** Who points at whom, as rows of numbers: made at the first question, and again after a change. */
export class Adjacency {
  readonly #state: GraphState;
  #version = -1;
  #documents: readonly DocumentEntry[] = [];
  /** Where the links to a node begin in the two lists below. */
  #offsets: Int32Array = new Int32Array(1);
  #holders: Int32Array = new Int32Array(0);
  #places: Int32Array = new Int32Array(0);

  constructor(state: GraphState) {
    this.#state = state;
  }

  /** Visits the links that lead to a node, by path and place, with the node that wrote each; ends when the visitor says true. */
  some(node: number, visit: (from: number, document: DocumentEntry, at: number) => boolean): boolean {
    this.#refresh();
    const end = this.#offsets[node + 1] ?? 0;
    for (let index = this.#offsets[node] ?? 0; index < end; index++) {
      const document = this.#documents[this.#holders[index] ?? -1];
      const at = this.#places[index] ?? 0;
      if (document !== undefined && visit(document.links[at + linkColumn.from] ?? -1, document, at)) return true;
    }
    return false;
  }

  #refresh(): void {
    this.#state.settle();
    if (this.#version === this.#state.version) return;
    this.#version = this.#state.version;
    this.#documents = [...this.#state.documents()]
      .filter(({ trace }) => !trace.template)
      .sort((a, b) => (a.trace.path < b.trace.path ? -1 : 1));
    const next = new Int32Array(this.#state.nodes.size + 2);
    this.#each((to) => {
      next[to + 2] = (next[to + 2] ?? 0) + 1;
    });
    for (let node = 2; node < next.length; node++) next[node] = (next[node] ?? 0) + (next[node - 1] ?? 0);
    const holders = new Int32Array(next.at(-1) ?? 0);
    const places = new Int32Array(holders.length);
    this.#each((to, holder, at) => {
      const index = next[to + 1] ?? 0;
      next[to + 1] = index + 1;
      holders[index] = holder;
      places[index] = at;
    });
    [this.#offsets, this.#holders, this.#places] = [next, holders, places];
  }

  #each(visit: (to: number, holder: number, at: number) => void): void {
    for (let holder = 0; holder < this.#documents.length; holder++) {
      const { links } = this.#documents[holder] as DocumentEntry;
      for (let at = 0; at < links.length; at += linkWidth) {
        const to = links[at + linkColumn.to] ?? -1;
        if (to >= 0) visit(to, holder, at);
      }
    }
  }
}
