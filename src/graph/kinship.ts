import { type ArtifactEntry, linkColumn, linkWidth } from "./artifact-entry.ts";
import type { Lineages } from "./closure.ts";
import type { GraphState } from "./graph-state.ts";
import { MentionedSources } from "./mentioned-sources.ts";

/** Parents and children of whole documents; each is worked out when it is asked for, and again when its document changed. */
export class Kinship {
  readonly #state: GraphState;
  readonly #lineages: Lineages;
  readonly #parents = new Map<number, readonly number[]>();
  readonly #sources: MentionedSources;
  #version = -1;

  constructor(state: GraphState, lineages: Lineages) {
    this.#state = state;
    this.#lineages = lineages;
    this.#sources = new MentionedSources(state);
  }

  /** Documents that a document, or an element of it, names as its parents. By node. */
  parents(document: number): readonly number[] {
    this.#settle();
    let parents = this.#parents.get(document);
    if (parents === undefined) {
      parents = this.#parentsOf(document);
      this.#parents.set(document, parents);
    }
    return parents;
  }

  /** Documents that name a document, or an element of it, as a parent: not those that only repeat it as an ancestor. By node. */
  children(document: number): readonly number[] {
    this.#settle();
    const { node, namedBy } = this.#state.nodes.artifactOf(document);
    const naming = new Set(namedBy.filter(({ trace }) => !trace.template).map(({ artifact }) => artifact.node));
    return [...naming].filter((child) => this.parents(child).includes(node)).sort((a, b) => a - b);
  }

  /** Documents that mention a document in a section on what lies above them. By node. */
  mentioningAsSource(document: number): ReadonlySet<number> {
    return this.#sources.of(this.#state.nodes.artifactOf(document).id);
  }

  #settle(): void {
    this.#state.settle();
    if (this.#version === this.#state.version) return;
    const change = this.#state.changes.since(this.#version);
    this.#version = this.#state.version;
    if (change === undefined) this.#parents.clear();
    else for (const { artifact } of change.documents) this.#parents.delete(artifact.node);
  }

  #parentsOf(document: number): readonly number[] {
    const artifact = this.#state.nodes.artifactOf(document);
    const parents = new Set<number>();
    for (const writer of writersIn(artifact)) {
      for (const parent of this.#lineages.parentsOf(writer)) parents.add(this.#state.nodes.artifactOf(parent).node);
    }
    parents.delete(artifact.node);
    return [...parents].sort((a, b) => a - b);
  }
}

/** The document's node, and those of its elements that wrote tags of their own. */
function writersIn(artifact: ArtifactEntry): ReadonlySet<number> {
  const writers = new Set([artifact.node]);
  for (const { links } of artifact.whole) {
    for (let at = linkColumn.from; at < links.length; at += linkWidth) writers.add(links[at] ?? artifact.node);
  }
  return writers;
}
