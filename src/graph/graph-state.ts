import type { DocumentTrace } from "#model/trace";
import type { Profile } from "#profile/profile";
import { type ArtifactEntry, type DocumentEntry, wholeOf } from "./artifact-entry.ts";
import { ChangeLog } from "./change-log.ts";
import { ElementIndex } from "./element-index.ts";
import { LayerTable } from "./layer-table.ts";
import { NodeTable } from "./node-table.ts";
import { Resolver } from "./resolver.ts";
import { hasSameNames } from "./same-names.ts";

/**
 * Documents with their resolved links. Changes are only noted; the first question after them resolves what they touch: the changed
 * documents, and in others the links that name a changed artifact.
 */
export class GraphState {
  readonly layers: LayerTable;
  readonly nodes: NodeTable = new NodeTable();
  readonly elements: ElementIndex = new ElementIndex(this.nodes);
  readonly resolver: Resolver;
  readonly profile: Profile;
  /** Grows with every change that is asked about. */
  version = 0;
  /** Grows when a document comes or goes, or defines something else. */
  names = 0;
  readonly changes: ChangeLog = new ChangeLog();
  readonly #documents = new Map<string, DocumentEntry>();
  readonly #stale = new Set<DocumentEntry>();
  readonly #changed = new Set<number>();
  #present: ReadonlySet<number> = new Set();
  #counted = -1;
  /** A document came or went, or is of another type. */
  #isOther = false;

  constructor(profile: Profile) {
    this.profile = profile;
    this.layers = new LayerTable(profile);
    this.resolver = new Resolver(this.layers, this.nodes, this.elements);
  }

  /** Adds a document, or replaces what its path held. */
  set(trace: DocumentTrace): void {
    const before = this.#documents.get(trace.path);
    if (before === undefined || before.artifact.id !== keyOf(trace) || before.trace.template !== trace.template) {
      this.remove(trace.path);
      this.#add(trace);
      return;
    }
    const changes = !trace.template && !hasSameNames(before.trace, trace);
    before.trace = trace;
    this.#outdate(before);
    if (changes) this.#change(before.artifact);
  }

  /** Takes a document out; a path that is not there is no error. */
  remove(path: string): void {
    const document = this.#documents.get(path);
    if (document === undefined) return;
    this.#documents.delete(path);
    this.#stale.delete(document);
    this.#isOther = true;
    this.#unname(document);
    const { artifact } = document;
    const place = artifact.holders.indexOf(document);
    if (place < 0) return;
    artifact.holders.splice(place, 1);
    this.#change(artifact);
  }

  /** The documents in no order; templates among them. */
  documents(): IterableIterator<DocumentEntry> {
    this.settle();
    return this.#documents.values();
  }

  /** The document at a path. The links of a template are resolved each time, as nothing tells it of changes. */
  document(path: string): DocumentEntry | undefined {
    this.settle();
    const document = this.#documents.get(path);
    if (document?.trace.template === true) this.resolver.resolve(document);
    return document;
  }

  /** True when a document of the type (by number) is there. */
  hasType(type: number): boolean {
    this.settle();
    if (this.#counted !== this.names) {
      this.#counted = this.names;
      this.#present = new Set(this.nodes.artifacts.map((artifact) => artifact.type));
    }
    return this.#present.has(type);
  }

  /** Resolves what changes touched. */
  settle(): void {
    if (this.#stale.size === 0 && this.#changed.size === 0) return;
    this.version++;
    if (this.#changed.size > 0) this.names++;
    for (const number of this.#changed) {
      for (const holder of this.nodes.artifacts[number]?.holders ?? []) this.#stale.add(holder);
    }
    const again = this.#namingChanged();
    for (const document of this.#stale) {
      this.#unname(document);
      this.resolver.resolve(document);
      this.#name(document);
    }
    const moved = [...again].filter((document) => this.resolver.resolveAgain(document, this.#changed));
    this.#log(moved);
    this.#stale.clear();
    this.#changed.clear();
  }

  #log(moved: readonly DocumentEntry[]): void {
    if (this.#isOther) this.changes.noteWhole(this.version);
    else {
      this.changes.note(this.version, {
        documents: new Set([...this.#stale, ...moved]),
        artifacts: new Set(Array.from(this.#changed).flatMap((number) => this.nodes.artifacts[number] ?? [])),
      });
    }
    this.#isOther = false;
  }

  #add(trace: DocumentTrace): void {
    const artifact = this.nodes.internArtifact(keyOf(trace));
    const none = new Int32Array(0);
    const document: DocumentEntry = { trace, artifact, links: none, special: 0, nodes: none, named: none };
    this.#documents.set(trace.path, document);
    this.#isOther = true;
    if (trace.template) return;
    const place = artifact.holders.findIndex((holder) => holder.trace.path > trace.path);
    artifact.holders.splice(place < 0 ? artifact.holders.length : place, 0, document);
    this.#outdate(document);
    this.#change(artifact);
  }

  #outdate(document: DocumentEntry): void {
    if (!document.trace.template) this.#stale.add(document);
  }

  #change(artifact: ArtifactEntry): void {
    this.elements.forget(artifact);
    const type = this.layers.numberOf(artifact.holders[0]?.trace.type);
    if (type !== artifact.type) this.#isOther = true;
    artifact.type = type;
    artifact.whole = wholeOf(artifact.holders);
    if (artifact.holders.length === 0) this.nodes.clearSites(artifact);
    this.#changed.add(artifact.number);
  }

  #namingChanged(): ReadonlySet<DocumentEntry> {
    const naming = new Set<DocumentEntry>();
    for (const number of this.#changed) {
      for (const document of this.nodes.artifacts[number]?.namedBy ?? []) {
        if (!this.#stale.has(document)) naming.add(document);
      }
    }
    return naming;
  }

  #name(document: DocumentEntry): void {
    for (const number of document.named) this.nodes.artifacts[number]?.namedBy.push(document);
  }

  #unname(document: DocumentEntry): void {
    for (const number of document.named) {
      const namedBy = this.nodes.artifacts[number]?.namedBy ?? [];
      const place = namedBy.indexOf(document);
      const last = place < 0 ? undefined : namedBy.pop();
      if (last !== undefined && last !== document) namedBy[place] = last;
    }
    document.named = new Int32Array(0);
  }
}

/** What a document is known by: its id, or its path when it has none or is a template. */
function keyOf(trace: DocumentTrace): string {
  return trace.template ? trace.path : (trace.id ?? trace.path);
}
