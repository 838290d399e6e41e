import { type DocumentEntry, linkColumn, linkWidth } from "./artifact-entry.ts";
import type { GraphState } from "./graph-state.ts";
import { grown } from "./int-list.ts";

/** Numbers of one node's entry: all links, and those of documents of a later layer than its own. */
const width = 2;
const column = { all: 0, later: 1 } as const;

/** How many links lead to each node: counted at the first question, and for changed documents again. */
export class LinkCounts {
  readonly #state: GraphState;
  #version = -1;
  #counts = new Int32Array(0);
  /** Link rows of each document as they were counted. */
  readonly #counted = new Map<DocumentEntry, Int32Array>();

  constructor(state: GraphState) {
    this.#state = state;
  }

  /** True when a link leads to the node. */
  isNamed(node: number): boolean {
    return this.#count(node, column.all) > 0;
  }

  /** True when a link of a later layer leads to the node; what has no layer is named by none. */
  isNamedLater(node: number): boolean {
    return this.#count(node, column.later) > 0;
  }

  #count(node: number, name: number): number {
    this.#refresh();
    return this.#counts[node * width + name] ?? 0;
  }

  #refresh(): void {
    const state = this.#state;
    state.settle();
    if (this.#version === state.version) return;
    const change = state.changes.since(this.#version);
    this.#version = state.version;
    const size = state.nodes.size * width;
    if (change === undefined) {
      this.#counted.clear();
      this.#counts = new Int32Array(size);
    } else if (size > this.#counts.length) this.#counts = grown(this.#counts, size * 2);
    for (const document of change?.documents ?? state.documents()) this.#recount(document);
  }

  #recount(document: DocumentEntry): void {
    if (document.trace.template) return;
    const before = this.#counted.get(document);
    if (before !== undefined) this.#add(before, -1);
    this.#add(document.links, 1);
    this.#counted.set(document, document.links);
  }

  #add(links: Int32Array, by: number): void {
    const counts = this.#counts;
    for (let at = 0; at < links.length; at += linkWidth) {
      const to = (links[at + linkColumn.to] as number) * width;
      if (to < 0) continue;
      counts[to] = (counts[to] as number) + by;
      if ((links[at + linkColumn.above] as number) >= 0) counts[to + 1] = (counts[to + 1] as number) + by;
    }
  }
}
