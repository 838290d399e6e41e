import type { TraceGraph } from "#graph/graph";
import type { WorkspaceFacts } from "#rules/facts";

/** What the rules asked of other documents when they checked one. */
export interface Asked {
  /** Files whose content or rows were looked at. */
  readonly paths: Set<string>;
  /** Documents, by node, of which it was asked what they are or define. */
  readonly nodes: Set<number>;
  /** Documents, by node, of which it was asked where they lead. */
  readonly chains: Set<number>;
  /** Documents, by node, of which it was asked who names them. */
  readonly answers: Set<number>;
  /** Ids of documents that were looked for. */
  readonly ids: Set<string>;
  /** All names were looked through for one that is near. */
  names: boolean;
  /** All documents were looked through. */
  whole: boolean;
}

/** A graph and a workspace that note what they are asked about, for one document after another. */
export interface WatchedGraph {
  readonly graph: TraceGraph;
  readonly workspace: WorkspaceFacts;
  /** Runs a check of a document and returns its result with what was asked. */
  watch<Result>(path: string, check: () => Result): readonly [Result, Asked];
}

/** Watches a graph. Questions about the document that is checked, and about its own place in the chain, are not noted. */
export function watchGraph(inner: TraceGraph, workspace: WorkspaceFacts): WatchedGraph {
  const watcher = new Watcher(inner);
  return {
    graph: watchedGraph(inner, watcher),
    workspace: {
      holders: (id) => workspace.holders(id),
      exists: (path) => workspace.exists(path),
      text: (path) => workspace.text(watcher.path(path)),
      anchors: (path) => workspace.anchors(watcher.path(path)),
    },
    watch: (path, check) => watcher.watch(path, check),
  };
}

class Watcher {
  readonly #graph: TraceGraph;
  #own = "";
  #ownNode: number | undefined;
  #asked: Asked = nothingAsked();

  constructor(graph: TraceGraph) {
    this.#graph = graph;
  }

  watch<Result>(path: string, check: () => Result): readonly [Result, Asked] {
    const asked = nothingAsked();
    this.#own = path;
    this.#ownNode = this.#graph.nodeAt(path, -1);
    this.#asked = asked;
    return [check(), asked];
  }

  path(path: string): string {
    if (path !== this.#own) this.#asked.paths.add(path);
    return path;
  }

  node(node: number): number {
    return this.#note(node, this.#asked.nodes);
  }

  chain(node: number): number {
    return this.#note(node, this.#asked.chains);
  }

  answers(node: number): number {
    return this.#note(node, this.#asked.answers);
  }

  #note(node: number, documents: Set<number>): number {
    const document = this.#graph.documentOf(node);
    if (document !== this.#ownNode) documents.add(document);
    return node;
  }

  id(id: string): string {
    const colon = id.indexOf(":");
    this.#asked.ids.add(colon < 0 ? id : id.slice(0, colon));
    return id;
  }

  names(): void {
    this.#asked.names = true;
  }

  whole(): void {
    this.#asked.whole = true;
  }
}

function nothingAsked(): Asked {
  return {
    paths: new Set(),
    nodes: new Set(),
    chains: new Set(),
    answers: new Set(),
    ids: new Set(),
    names: false,
    whole: false,
  };
}

/** Why: a document that comes or goes is a new check of all, so that questions which only such a change answers otherwise are not noted. */
function watchedGraph(inner: TraceGraph, watcher: Watcher): TraceGraph {
  const { kinship, coverage } = inner;
  const whole = <Answer>(answer: () => Answer): Answer => {
    watcher.whole();
    return answer();
  };
  const near = <Answer>(answer: () => Answer): Answer => {
    watcher.names();
    return answer();
  };
  return {
    ...ofPlaces(inner, watcher),
    get version() {
      return whole(() => inner.version);
    },
    paths: () => whole(() => inner.paths()),
    documents: () => inner.documents(),
    hasType: (type) => inner.hasType(type),
    nearMisses: (path, row) => near(() => inner.nearMisses(watcher.path(path), row)),
    alike: (id) => near(() => inner.alike(id)),
    duplicateDocuments: () => whole(() => inner.duplicateDocuments()),
    orphans: () => whole(() => inner.orphans()),
    cycles: () => whole(() => inner.cycles()),
    components: () => whole(() => inner.components()),
    traceFrom: (node) => whole(() => inner.traceFrom(node)),
    impactOf: (nodes) => whole(() => inner.impactOf(nodes)),
    regionBelow: (nodes) => whole(() => inner.regionBelow(nodes)),
    regionAbove: (nodes) => whole(() => inner.regionAbove(nodes)),
    namersOf: (document) => whole(() => inner.namersOf(document)),
    neighboursOf: (document) => whole(() => inner.neighboursOf(document)),
    outgoingOf: (path) => inner.outgoingOf(watcher.path(path)),
    dump: () => whole(() => inner.dump()),
    kinship: {
      parents: (node) => kinship.parents(watcher.chain(node)),
      children: (node) => kinship.children(watcher.answers(node)),
      mentioningAsSource: (node) => kinship.mentioningAsSource(watcher.answers(node)),
    },
    coverage: {
      isNamed: (node) => coverage.isNamed(watcher.answers(node)),
      isNamedBy: (node, type) => coverage.isNamedBy(watcher.answers(node), type),
      isNamedLater: (node) => coverage.isNamedLater(watcher.answers(node)),
      isCovered: (node) => coverage.isCovered(watcher.answers(node)),
      isDeep: (node) => coverage.isDeep(watcher.answers(node)),
      demandedOf: (node) => coverage.demandedOf(node),
      pairs: () => whole(() => coverage.pairs()),
    },
  };
}

type OfPlaces = Omit<
  TraceGraph,
  | "version"
  | "paths"
  | "documents"
  | "hasType"
  | "nearMisses"
  | "alike"
  | "duplicateDocuments"
  | "orphans"
  | "cycles"
  | "components"
  | "traceFrom"
  | "impactOf"
  | "regionBelow"
  | "regionAbove"
  | "namersOf"
  | "neighboursOf"
  | "outgoingOf"
  | "dump"
  | "kinship"
  | "coverage"
>;

/** Questions about one document, node or id. */
function ofPlaces(inner: TraceGraph, watcher: Watcher): OfPlaces {
  return {
    profile: inner.profile,
    set: (trace) => inner.set(trace),
    remove: (path) => inner.remove(path),
    trace: (path) => inner.trace(watcher.path(path)),
    find: (id) => inner.find(watcher.id(id)),
    named: (id) => inner.named(watcher.id(id)),
    elementSpans: (path) => inner.elementSpans(watcher.path(path)),
    nodeAt: (path, offset) => inner.nodeAt(watcher.path(path), offset),
    idOf: (node) => inner.idOf(node),
    view: (node) => inner.view(watcher.node(node)),
    documentOf: (node) => inner.documentOf(node),
    holdersOf: (node) => inner.holdersOf(watcher.node(node)),
    elementsOf: (path) => inner.elementsOf(watcher.path(path)),
    sitesOf: (node) => inner.sitesOf(watcher.node(node)),
    isDemanding: (node) => inner.isDemanding(watcher.node(node)),
    extentsOf: (node) => inner.extentsOf(watcher.node(node)),
    duplicateElements: (path) => inner.duplicateElements(watcher.path(path)),
    linksOf: (path) => inner.linksOf(watcher.path(path)),
    linksFrom: (node) => inner.linksFrom(watcher.chain(node)),
    linksTo: (node) => inner.linksTo(watcher.answers(node)),
    writers: (path) => inner.writers(watcher.path(path)),
    lineage: (node) => inner.lineage(watcher.chain(node)),
    differences: (node) => inner.differences(watcher.chain(node)),
    parentLinks: (path) => inner.parentLinks(watcher.path(path)),
    conditional: (node) => inner.conditional(watcher.chain(node)),
    linkOf: (hop) => inner.linkOf(hop),
  };
}
