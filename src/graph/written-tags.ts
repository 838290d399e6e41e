import { type ArtifactEntry, type DocumentEntry, linkColumn, linkWidth } from "./artifact-entry.ts";
import type { GraphState } from "./graph-state.ts";
import { Marks } from "./marks.ts";

/** Place of a link: a row of a document's links. */
export interface LinkPlace {
  readonly document: DocumentEntry;
  /** Offset of the row in the document's links. */
  readonly at: number;
}

/** How a node came to a link: its own tag, its document's for a type it does not write itself, or one of its elements'. */
export type Writer = "own" | "document" | "element";

/**
 * The links that hold for a node. An element's own tags come before those of its document, type by type; a document without a
 * tag of some type has those of its elements. One instance is loaded again and again.
 */
export class WrittenTags {
  length = 0;
  // Why: the lists keep their room from one loading to the next, so what lies behind the length is old.
  readonly #documents: DocumentEntry[] = [];
  readonly #places: number[] = [];
  /** Where those begin that stand in the document, and those that its elements wrote. */
  #inherited = 0;
  #elements = 0;
  readonly #state: GraphState;
  readonly #types = new Marks();

  constructor(state: GraphState) {
    this.#state = state;
  }

  /** Target of a link; -1 for none. */
  to(index: number): number {
    return this.column(index, linkColumn.to);
  }

  /** One column of a link. */
  column(index: number, column: number): number {
    return this.#documents[index]?.links[(this.#places[index] ?? 0) + column] ?? -1;
  }

  place(index: number): LinkPlace | undefined {
    const document = index < this.length ? this.#documents[index] : undefined;
    return document === undefined ? undefined : { document, at: this.#places[index] ?? 0 };
  }

  /** How the node came to a link. */
  writer(index: number): Writer {
    if (index >= this.#elements) return "element";
    return index >= this.#inherited ? "document" : "own";
  }

  /** How many of the links are not those of its elements alone; they come first. */
  get whole(): number {
    return this.#elements;
  }

  /** True when one of the tags speaks of a type. */
  speaksOf(type: number): boolean {
    for (let index = 0; index < this.length; index++) if (this.column(index, linkColumn.type) === type) return true;
    return false;
  }

  /** Loads the links of a node; with `only: "own"` those it wrote itself. */
  load(node: number, only?: "own"): void {
    this.length = 0;
    this.#types.clear();
    const artifact = this.#state.nodes.artifactOf(node);
    const documents = documentsOf(this.#state, artifact, node);
    for (const document of documents) this.#addOf(document, node);
    this.#inherited = this.length;
    this.#elements = this.length;
    if (only === "own") return;
    for (let index = 0; index < this.#inherited; index++) this.#types.add(this.column(index, linkColumn.type) + 1);
    const isWhole = node === artifact.node;
    for (const document of documents) {
      if (isWhole) this.#addElements(document, node);
      else this.#addOf(document, artifact.node);
    }
    if (!isWhole) this.#elements = this.length;
  }

  /** Adds the links that a node wrote, but for those of types that are there. */
  #addOf(document: DocumentEntry, node: number): void {
    const { links } = document;
    for (let at = firstOf(links, node); links[at + linkColumn.from] === node; at += linkWidth) this.#add(document, at);
  }

  #addElements(document: DocumentEntry, node: number): void {
    const { links } = document;
    for (let at = 0; at < links.length; at += linkWidth) {
      if (links[at + linkColumn.from] !== node) this.#add(document, at);
    }
  }

  #add(document: DocumentEntry, at: number): void {
    // Why: while a node's own links are added no type is noted yet.
    if (this.#types.has((document.links[at + linkColumn.type] ?? -1) + 1)) return;
    this.#documents[this.length] = document;
    this.#places[this.length++] = at;
  }
}

/** Documents whose tags are those of a node: all of a whole document, or the one duplicate that defines the element. */
function documentsOf(state: GraphState, artifact: ArtifactEntry, node: number): readonly DocumentEntry[] {
  if (artifact.holders.length <= 1) return artifact.holders;
  const site = state.nodes.siteOf(node)?.document;
  return site === undefined || artifact.whole.includes(site) ? artifact.whole : [site];
}

/** Offset of the first link row that the node wrote, or of the row where it would stand. */
export function firstOf(links: Int32Array, node: number): number {
  let low = 0;
  let high = links.length / linkWidth;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((links[middle * linkWidth] ?? 0) < node) low = middle + 1;
    else high = middle;
  }
  return low * linkWidth;
}
