/**
 * The graph of all documents: `createGraph(profile)`, then `set(trace)` and `remove(path)` as documents come and go, and questions
 * at any time. A change is cheap; the first question after it resolves what it touched.
 *
 * Nodes are documents (by id, or by path for source and what has no id) and the elements defined in them. A node is a number that
 * stays the same as long as the graph lives: ask `find("REQ-003:AC-001")` for the number, `idOf` or `view` for what it is. Several
 * documents of one id are one node, reported by `duplicateDocuments`; parts of a split document and a `.md` + `.yaml` pair are
 * no duplicates. Templates define nothing and are no nodes, but their links can be asked for by path.
 *
 * - Links: `linksOf(path)` (rows, no object until `at`), `linksFrom(node)`, `linksTo(node)`, `nearMisses(path, row)`.
 * - Elements: `elementsOf(path)`, `sitesOf(node)`, `duplicateElements(path)`, `isDemanding(node)`.
 * - Closure: `writers(path)` are the nodes to ask, `differences(node)` tells where their tags are not those their parents lead to,
 *   `lineage(node)` what they lead to at all, `conditional(node)` which optional layers they must name; `kinship` has direct
 *   parents and children of whole documents.
 * - The whole: `coverage` (shallow and deep, by node and by pair of types), `orphans()`, `cycles()`, `components()`.
 * - Asking: `traceFrom(node)` in both directions with the first broken hop, `impactOf(nodes)`.
 */
import type { Span } from "#model/source";
import type { DocumentTrace, TraceLink } from "#model/trace";
import type { Profile } from "#profile/profile";
import { Adjacency } from "./adjacency.ts";
import { type DocumentEntry, linkColumn, linkWidth } from "./artifact-entry.ts";
import { type Lineage, Lineages } from "./closure.ts";
import { type ConditionalLayer, conditionalLayers } from "./conditional.ts";
import { components } from "./components.ts";
import { Coverage } from "./coverage.ts";
import { cycles } from "./cycles.ts";
import { type ClosureDifference, Differences } from "./differences.ts";
import { dump } from "./dump.ts";
import { extentsOf, type NodeExtent } from "./extent.ts";
import {
  type DefinitionSite,
  type DuplicateDocument,
  type DuplicateElement,
  duplicateDocuments,
  duplicateElements,
  sitesOfNode,
} from "./duplicates.ts";
import { GraphState } from "./graph-state.ts";
import { type Impact, impactOf, type LostNodes, type Namer, namersOfNode } from "./impact.ts";
import { Kinship } from "./kinship.ts";
import { type LinkList, linkAt, linksOf } from "./link-view.ts";
import { Marks } from "./marks.ts";
import { NearMisses } from "./near-misses.ts";
import { isDemanding, type TraceNode, viewNode } from "./node-view.ts";
import { elementSpans, nodeAt } from "./node-at.ts";
import { type Orphans, orphans } from "./orphans.ts";
import { type ParentLink, parentLinks } from "./parent-links.ts";
import { below, namersOf, outgoingOf } from "./region.ts";
import { type TraceFrom, type TraceHop, Tracer } from "./trace-from.ts";
import { type LinkPlace, WrittenTags } from "./written-tags.ts";

/** Documents, their elements and the links between them. */
export interface TraceGraph {
  readonly profile: Profile;
  /** Adds a document, or replaces what its path held. */
  set(trace: DocumentTrace): void;
  /** Takes a document out; a path that is not there is no error. */
  remove(path: string): void;
  /** Grows with every change; equal numbers mean equal answers. */
  readonly version: number;
  /** Paths of all documents, sorted; those of templates too. */
  paths(): readonly string[];
  trace(path: string): DocumentTrace | undefined;
  /** The node of `REQ-003`, `REQ-003:AC-001` (the ladder of derivations holds here too) or a path. */
  find(id: string): number | undefined;
  /** The innermost element at an offset of a document, else the document itself. */
  nodeAt(path: string, offset: number): number | undefined;
  /** The stretches of a document that are text of elements, by place; those that overlap are one. */
  elementSpans(path: string): readonly Span[];
  idOf(node: number): string;
  view(node: number): TraceNode | undefined;
  /** True when a document of the type is there, templates left out. */
  hasType(type: string): boolean;
  /** Nodes of all documents: one for each id, by id. */
  documents(): readonly number[];
  /** The document that a node belongs to, itself when it is one. */
  documentOf(node: number): number;
  /** Paths of what makes up the document of a node: its pair or its parts too. */
  holdersOf(node: number): readonly string[];
  /** Nodes of the elements that a document defines, by place; each once. */
  elementsOf(path: string): readonly number[];
  sitesOf(node: number): readonly DefinitionSite[];
  /** True for documents, and for elements that something below should answer for. */
  isDemanding(node: number): boolean;
  /** Where a node's own text stands: one place for an element, one for each file of a document. */
  extentsOf(node: number): readonly NodeExtent[];
  duplicateDocuments(): readonly DuplicateDocument[];
  duplicateElements(path: string): readonly DuplicateElement[];
  /** Links of a document; empty for a path that is not there. */
  linksOf(path: string): LinkList;
  /** Links that hold for a node: its own, and those of its document for types it does not write itself. */
  linksFrom(node: number): readonly TraceLink[];
  /** Links that lead to a node, by path and place; for a document those that lead to it as a whole. */
  linksTo(node: number): readonly TraceLink[];
  /** What a tag that leads nowhere may have meant, by row of the document's tags. */
  nearMisses(path: string, row: number): readonly string[];
  /** Ids that are like one that nothing has: `REQ-3`, `REQ-003:AC-9`. */
  alike(id: string): readonly string[];
  /** The node of a document's id that is there, or is at least named by a tag. */
  named(id: string): number | undefined;
  /** Nodes that wrote tags in a document: itself and elements with tags of their own. */
  writers(path: string): readonly number[];
  lineage(node: number): Lineage | undefined;
  differences(node: number): readonly ClosureDifference[];
  /** Direct parents and children of whole documents, and those that mention one in a section on their sources. */
  readonly kinship: Pick<Kinship, "parents" | "children" | "mentioningAsSource">;
  /** Links of a document to its direct parents, each pair of nodes once; source files left out. */
  parentLinks(path: string): readonly ParentLink[];
  /** Optional layers that a node may have to name. */
  conditional(node: number): readonly ConditionalLayer[];
  readonly coverage: Pick<
    Coverage,
    "isNamed" | "isNamedBy" | "isNamedLater" | "isCovered" | "isDeep" | "demandedOf" | "pairs"
  >;
  orphans(): Orphans;
  /** Documents that lead to each other in a circle; one that names itself is a circle of one. */
  cycles(): readonly (readonly number[])[];
  /** Documents that hang together by links. */
  components(): readonly (readonly number[])[];
  /** Nodes that lead to some nodes in any number of steps, with their documents. */
  below(nodes: readonly number[]): ReadonlySet<number>;
  /** By node of a document, four numbers a link: the document that is named, the target or -1, status and type. */
  outgoingOf(path: string): ReadonlyMap<number, readonly number[]>;
  /** Paths of the documents with a tag on a document or an element of it, whether it leads anywhere or not. */
  namersOf(document: number): readonly string[];
  traceFrom(node: number): TraceFrom;
  /** `lost`: nodes that are gone, with what `namersOfNode` told of them while they were there. */
  impactOf(nodes: Iterable<number>, lost?: LostNodes): Impact;
  /** Who has a tag on just this node. */
  namersOfNode(node: number): readonly Namer[];
  /** The link of a hop, as it is shown. */
  linkOf(hop: LinkPlace): TraceLink;
  /** Everything that was resolved, as text that does not depend on the order of changes. */
  dump(): string;
}

export type { ClosureDifference, ConditionalLayer, DefinitionSite, DuplicateDocument, DuplicateElement, Impact };
export type {
  Lineage,
  LinkList,
  LinkPlace,
  LostNodes,
  Namer,
  NodeExtent,
  Orphans,
  ParentLink,
  TraceFrom,
  TraceHop,
  TraceNode,
};

const noLinks: LinkList = {
  length: 0,
  special: 0,
  isSpecial: () => false,
  status: () => "missing",
  from: () => -1,
  to: () => -1,
  document: () => -1,
  tag: () => "",
  row: () => -1,
  at: (index) => {
    throw new RangeError(`no link ${index}`);
  },
};

/** Makes an empty graph for documents of a profile. */
export function createGraph(profile: Profile): TraceGraph {
  const state = new GraphState(profile);
  const lineages = new Lineages(state);
  const differences = new Differences(state, lineages);
  const misses = new NearMisses(state);
  const adjacency = new Adjacency(state);
  const coverage = new Coverage(state, adjacency);
  const tracer = new Tracer(state, adjacency, lineages, coverage);
  const tags = new WrittenTags(state);
  const documents = new DocumentNodes();
  const elements = new DistinctNodes();
  const { nodes } = state;
  const at = (path: string): DocumentEntry | undefined => state.document(path);
  return {
    profile,
    set: (trace) => state.set(trace),
    remove: (path) => state.remove(path),
    get version() {
      state.settle();
      return state.version;
    },
    paths: () => Array.from(state.documents(), ({ trace }) => trace.path).sort(),
    trace: (path) => at(path)?.trace,
    find: (id) => findNode(state, id),
    nodeAt: (path, offset) => nodeAt(at(path), offset),
    elementSpans: (path) => either(at(path), elementSpans, []),
    idOf: (node) => nodes.idOf(node),
    view: (node) => settled(state, () => viewNode(state, node)),
    hasType: (type) => settled(state, () => state.hasType(state.layers.numberOf(type))),
    documents: () => settled(state, () => documents.of(state)),
    documentOf: (node) => nodes.artifactOf(node).node,
    holdersOf: (node) => settled(state, () => nodes.artifactOf(node).whole.map(({ trace }) => trace.path)),
    elementsOf: (path) => either(at(path), ({ nodes: sites }) => elements.of(sites), []),
    sitesOf: (node) => sitesOfNode(state, node),
    isDemanding: (node) => settled(state, () => isDemanding(state, node)),
    extentsOf: (node) => extentsOf(state, node),
    duplicateDocuments: () => duplicateDocuments(state),
    duplicateElements: (path) => either(at(path), (document) => duplicateElements(state, document), []),
    linksOf: (path) => either(at(path), (document) => linksOf(state, document), noLinks),
    linksFrom: (node) => settled(state, () => linksFrom(state, tags, node)),
    linksTo: (node) => settled(state, () => linksTo(state, node)),
    nearMisses: (path, row) => either(at(path), (document) => misses.of(document, row), []),
    alike: (id) => settled(state, () => misses.like(...splitId(id))),
    named: (id) => settled(state, () => nodes.artifact(id)?.node),
    writers: (path) => writersOf(at(path)),
    lineage: (node) => settled(state, () => lineages.of(node)),
    // Why: asked for each node that wrote a tag; a function for each call adds up.
    differences: (node) => {
      state.settle();
      return differences.of(node);
    },
    parentLinks: (path) => either(at(path), (document) => parentLinks(state, lineages, document), []),
    conditional: (node) => settled(state, () => conditionalLayers(state, lineages, tags, node)),
    kinship: new Kinship(state, lineages),
    coverage,
    orphans: () => orphans(state, lineages, coverage),
    cycles: () => cycles(state),
    components: () => components(state),
    below: (start) => below(state, adjacency, start),
    namersOf: (document) => namersOf(state, document),
    outgoingOf: (path) => outgoingOf(state, path),
    traceFrom: (node) => settled(state, () => tracer.trace(node)),
    impactOf: (changed, lost) => impactOf(state, adjacency, changed, lost),
    namersOfNode: (node) => namersOfNode(state, adjacency, node),
    linkOf: ({ document, at: place }) => linkAt(state, document, place),
    dump: () => dump(state),
  };
}

function splitId(id: string): [string, string | undefined] {
  const colon = id.indexOf(":");
  return colon < 0 ? [id, undefined] : [id.slice(0, colon), id.slice(colon + 1)];
}

function settled<Answer>(state: GraphState, answer: () => Answer): Answer {
  state.settle();
  return answer();
}

function either<Answer>(
  document: DocumentEntry | undefined,
  answer: (document: DocumentEntry) => Answer,
  none: Answer,
): Answer {
  return document === undefined ? none : answer(document);
}

function findNode(state: GraphState, id: string): number | undefined {
  state.settle();
  const whole = state.nodes.artifact(id);
  if (whole !== undefined && whole.holders.length > 0) return whole.node;
  const colon = id.indexOf(":");
  const artifact = colon < 0 ? undefined : state.nodes.artifact(id.slice(0, colon));
  if (artifact === undefined || artifact.holders.length === 0) return undefined;
  state.elements.settle(artifact);
  // Why: what `idOf` says must lead back, also for the second of two scenarios of one title.
  const known = artifact.elements.get(id.slice(colon + 1));
  if (known !== undefined && state.nodes.isDefined(known)) return known;
  const found = state.elements.find(artifact, id.slice(colon + 1));
  return found.nodes.length === 1 ? found.nodes[0] : undefined;
}

/** Lists nodes each once. */
class DistinctNodes {
  readonly #met = new Marks();

  of(sites: Int32Array): readonly number[] {
    const found: number[] = [];
    this.#met.clear();
    for (let row = 0; row < sites.length; row++) {
      const node = sites[row] as number;
      if (node >= 0 && this.#met.add(node)) found.push(node);
    }
    return found;
  }
}

/** Nodes of all documents, put in order once for all states of the graph with the same names. */
class DocumentNodes {
  #names = -1;
  #nodes: readonly number[] = [];

  of(state: GraphState): readonly number[] {
    if (this.#names === state.names) return this.#nodes;
    this.#names = state.names;
    this.#nodes = state.nodes.artifacts
      .filter(({ holders }) => holders.length > 0)
      .sort((a, b) => (a.id < b.id ? -1 : 1))
      .map(({ node }) => node);
    return this.#nodes;
  }
}

function linksFrom(state: GraphState, tags: WrittenTags, node: number): readonly TraceLink[] {
  tags.load(node);
  return Array.from({ length: tags.length }, (_, index) => tags.place(index)).flatMap((place) =>
    place === undefined ? [] : linkAt(state, place.document, place.at),
  );
}

function linksTo(state: GraphState, node: number): readonly TraceLink[] {
  const artifact = state.nodes.artifactOf(node);
  const naming = [...artifact.namedBy].sort((a, b) => (a.trace.path < b.trace.path ? -1 : 1));
  return naming.flatMap((document) => {
    const found: TraceLink[] = [];
    for (let place = 0; place < document.links.length; place += linkWidth) {
      if (document.links[place + linkColumn.to] === node) found.push(linkAt(state, document, place));
    }
    return found.sort((a, b) => a.start - b.start);
  });
}

function writersOf(document: DocumentEntry | undefined): readonly number[] {
  const writers: number[] = [];
  if (document === undefined) return writers;
  const { links } = document;
  let last = -1;
  for (let place = linkColumn.from; place < links.length; place += linkWidth) {
    const from = links[place] as number;
    if (from !== last) writers.push(from);
    last = from;
  }
  return writers;
}
