import { type ArtifactEntry, linkColumn, linkWidth } from "./artifact-entry.ts";
import type { Lineages } from "./closure.ts";
import type { GraphState } from "./graph-state.ts";
import { mentionsIn } from "./mentions.ts";

const noNodes: ReadonlySet<number> = new Set();

/** Parents and children of whole documents; each is worked out once for a state of the graph, when it is asked for. */
export class Kinship {
  readonly #state: GraphState;
  readonly #lineages: Lineages;
  readonly #parents = new Map<number, readonly number[]>();
  #mentioned: ReadonlyMap<string, ReadonlySet<number>> | undefined;
  #version = -1;

  constructor(state: GraphState, lineages: Lineages) {
    this.#state = state;
    this.#lineages = lineages;
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
    this.#settle();
    this.#mentioned ??= mentionedAsSource(this.#state);
    return this.#mentioned.get(this.#state.nodes.artifactOf(document).id) ?? noNodes;
  }

  #settle(): void {
    this.#state.settle();
    if (this.#version === this.#state.version) return;
    this.#version = this.#state.version;
    this.#parents.clear();
    this.#mentioned = undefined;
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

function mentionedAsSource(state: GraphState): ReadonlyMap<string, ReadonlySet<number>> {
  const found = new Map<string, Set<number>>();
  for (const { trace, artifact } of state.documents()) {
    if (trace.template || trace.role !== "artifact") continue;
    for (const { document: id } of mentionsIn(trace, "upstream")) {
      if (id === artifact.id) continue;
      const mentioning = found.get(id);
      if (mentioning === undefined) found.set(id, new Set([artifact.node]));
      else mentioning.add(artifact.node);
    }
  }
  return found;
}
