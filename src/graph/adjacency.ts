import { linkColumn, linkWidth } from "./artifact-entry.ts";
import type { GraphState } from "./graph-state.ts";

/** Who points at whom, as rows of numbers: made at the first question, and again after a change. */
export class Adjacency {
  readonly #state: GraphState;
  #version = -1;
  #offsets: Int32Array = new Int32Array(1);
  #sources: Int32Array = new Int32Array(0);

  constructor(state: GraphState) {
    this.#state = state;
  }

  /** Nodes that wrote a tag which leads to this one, in no order; one that did so twice stands there twice. */
  sources(node: number): Int32Array {
    this.#refresh();
    return this.#sources.subarray(this.#offsets[node] ?? 0, this.#offsets[node + 1] ?? 0);
  }

  #refresh(): void {
    this.#state.settle();
    if (this.#version === this.#state.version) return;
    this.#version = this.#state.version;
    const offsets = new Int32Array(this.#state.nodes.size + 2);
    this.#each((to) => {
      offsets[to + 2] = (offsets[to + 2] ?? 0) + 1;
    });
    for (let node = 2; node < offsets.length; node++) offsets[node] = (offsets[node] ?? 0) + (offsets[node - 1] ?? 0);
    const sources = new Int32Array(offsets.at(-1) ?? 0);
    this.#each((to, from) => {
      const place = offsets[to + 1] ?? 0;
      sources[place] = from;
      offsets[to + 1] = place + 1;
    });
    this.#offsets = offsets;
    this.#sources = sources;
  }

  #each(visit: (to: number, from: number) => void): void {
    for (const { links, trace } of this.#state.documents()) {
      if (trace.template) continue;
      for (let at = 0; at < links.length; at += linkWidth) {
        const to = links[at + linkColumn.to] ?? -1;
        if (to >= 0) visit(to, links[at + linkColumn.from] ?? 0);
      }
    }
  }
}
