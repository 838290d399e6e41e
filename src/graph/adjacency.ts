import { type DocumentEntry, linkColumn, linkWidth } from "./artifact-entry.ts";
import type { GraphState } from "./graph-state.ts";

/** Why: a node whose links changed is looked up in a second place; with many of them the rows are sooner made anew. */
const mostPatched = 20_000;

/** Who points at whom, as rows of numbers: made at the first question; what changes is put beside them. */
export class Adjacency {
  readonly #state: GraphState;
  #version = -1;
  #documents: readonly DocumentEntry[] = [];
  #holderOf: ReadonlyMap<DocumentEntry, number> = new Map();
  /** Link rows of each document as they were taken in. */
  #rows: Int32Array[] = [];
  /** Where the links to a node begin in the two lists below. */
  #offsets: Int32Array = new Int32Array(1);
  #holders: Int32Array = new Int32Array(0);
  #places: Int32Array = new Int32Array(0);
  /** Links to nodes for which the rows above hold no longer: holder and place, one after the other. */
  readonly #patched = new Map<number, readonly number[]>();

  constructor(state: GraphState) {
    this.#state = state;
  }

  /** Visits the links that lead to a node, by path and place, with the node that wrote each; ends when the visitor says true. */
  some(node: number, visit: (from: number, document: DocumentEntry, at: number) => boolean): boolean {
    this.#refresh();
    const patched = this.#patched.size === 0 ? undefined : this.#patched.get(node);
    if (patched !== undefined) {
      for (let index = 0; index < patched.length; index += 2) {
        if (this.#visit(patched[index] ?? -1, patched[index + 1] ?? 0, visit)) return true;
      }
      return false;
    }
    const end = this.#offsets[node + 1] ?? 0;
    for (let index = this.#offsets[node] ?? 0; index < end; index++) {
      if (this.#visit(this.#holders[index] ?? -1, this.#places[index] ?? 0, visit)) return true;
    }
    return false;
  }

  #visit(holder: number, at: number, visit: (from: number, document: DocumentEntry, at: number) => boolean): boolean {
    const document = this.#documents[holder];
    return document !== undefined && visit(document.links[at + linkColumn.from] ?? -1, document, at);
  }

  #refresh(): void {
    this.#state.settle();
    if (this.#version === this.#state.version) return;
    const change = this.#state.changes.since(this.#version);
    this.#version = this.#state.version;
    if (change === undefined || this.#patched.size > mostPatched) this.#makeAnew();
    else this.#patch(change.documents);
  }

  /** Lists the links to the nodes that some documents led to, or lead to now, from other places. */
  #patch(changed: ReadonlySet<DocumentEntry>): void {
    const lists = new Map<number, (readonly [holder: number, place: number])[]>();
    const holders = new Set<number>();
    for (const document of changed) {
      const holder = this.#holderOf.get(document);
      if (holder === undefined) continue;
      const [before, now] = [this.#rows[holder] ?? document.links, document.links];
      this.#rows[holder] = now;
      if (eachMoved(before, now, (to) => lists.set(to, []))) holders.add(holder);
    }
    for (const holder of holders) eachTarget(this.#rows[holder], (to, at) => lists.get(to)?.push([holder, at]));
    for (const [node, list] of lists) {
      for (const link of this.#linksTo(node)) if (!holders.has(link[0])) list.push(link);
      this.#patched.set(node, list.sort((a, b) => a[0] - b[0] || a[1] - b[1]).flat());
    }
  }

  /** The links to a node before a change. */
  #linksTo(node: number): readonly (readonly [holder: number, place: number])[] {
    const patched = this.#patched.get(node);
    const found: [number, number][] = [];
    if (patched !== undefined) {
      for (let at = 0; at < patched.length; at += 2) found.push([patched[at] ?? -1, patched[at + 1] ?? 0]);
      return found;
    }
    const end = this.#offsets[node + 1] ?? 0;
    for (let at = this.#offsets[node] ?? 0; at < end; at++)
      found.push([this.#holders[at] ?? -1, this.#places[at] ?? 0]);
    return found;
  }

  #makeAnew(): void {
    this.#patched.clear();
    this.#documents = [...this.#state.documents()]
      .filter(({ trace }) => !trace.template)
      .sort((a, b) => (a.trace.path < b.trace.path ? -1 : 1));
    this.#holderOf = new Map(this.#documents.map((document, holder) => [document, holder]));
    this.#rows = this.#documents.map(({ links }) => links);
    const next = new Int32Array(this.#state.nodes.size + 2);
    for (const links of this.#rows) countTargets(links, next);
    for (let node = 2; node < next.length; node++) next[node] = (next[node] ?? 0) + (next[node - 1] ?? 0);
    const holders = new Int32Array(next.at(-1) ?? 0);
    const places = new Int32Array(holders.length);
    for (let holder = 0; holder < this.#rows.length; holder++) {
      const links = this.#rows[holder] as Int32Array;
      for (let at = 0; at < links.length; at += linkWidth) {
        const to = links[at + linkColumn.to] as number;
        if (to < 0) continue;
        const index = next[to + 1] as number;
        next[to + 1] = index + 1;
        holders[index] = holder;
        places[index] = at;
      }
    }
    [this.#offsets, this.#holders, this.#places] = [next, holders, places];
  }
}

/** Counts the links to each node, two places further on. */
function countTargets(links: Int32Array, counts: Int32Array): void {
  for (let at = linkColumn.to; at < links.length; at += linkWidth) {
    const to = links[at] as number;
    if (to >= 0) counts[to + 2] = (counts[to + 2] as number) + 1;
  }
}

/** Visits what rows of two lists at one place lead to, where that differs; false when it does nowhere. */
function eachMoved(before: Int32Array, now: Int32Array, visit: (to: number) => void): boolean {
  let moved = false;
  for (let at = linkColumn.to; at < before.length || at < now.length; at += linkWidth) {
    const [one, other] = [before[at] ?? -1, now[at] ?? -1];
    if (one === other) continue;
    moved = true;
    if (one >= 0) visit(one);
    if (other >= 0) visit(other);
  }
  return moved;
}

function eachTarget(links: Int32Array | undefined, visit: (to: number, at: number) => void): void {
  if (links === undefined) return;
  for (let at = 0; at < links.length; at += linkWidth) {
    const to = links[at + linkColumn.to] ?? -1;
    if (to >= 0) visit(to, at);
  }
}
