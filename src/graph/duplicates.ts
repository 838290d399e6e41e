import { type DefinitionKind, definitionColumn, definitionWidth } from "#model/trace";
import type { ArtifactEntry, DocumentEntry } from "./artifact-entry.ts";
import type { GraphState } from "./graph-state.ts";
import { repeatingKinds, repeatingSites } from "./repeating-sites.ts";

/** An id that several documents hold which are neither parts of one nor a pair. */
export interface DuplicateDocument {
  readonly id: string;
  /** All paths; those of the document that links lead to come first. */
  readonly paths: readonly string[];
}

/** An element that is defined more than once in one artifact. */
export interface DuplicateElement {
  readonly node: number;
  /** The sites in order; links lead to the first. */
  readonly sites: readonly DefinitionSite[];
}

/** A place where an element is defined. */
export interface DefinitionSite {
  readonly path: string;
  readonly kind: DefinitionKind;
  readonly start: number;
  readonly end: number;
}

/** Ids with several documents, in order of id. */
export function duplicateDocuments(state: GraphState): readonly DuplicateDocument[] {
  state.settle();
  return state.nodes.artifacts
    .filter(({ holders, whole }) => holders.length > whole.length)
    .map(({ id, holders, whole }) => ({
      id,
      paths: [...whole, ...holders.filter((holder) => !whole.includes(holder))].map(({ trace }) => trace.path),
    }))
    .sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** All sites of an element, in order of document and place. */
export function sitesOfNode(state: GraphState, node: number): readonly DefinitionSite[] {
  state.settle();
  const sites: DefinitionSite[] = [];
  for (const document of state.nodes.artifactOf(node).holders) addSitesIn(document, node, sites);
  return sites;
}

/** Elements that a document's artifact defines more than once, one of the sites being in this document. */
export function duplicateElements(state: GraphState, document: DocumentEntry): readonly DuplicateElement[] {
  const { artifact } = document;
  // Why: nearly no document defines anything again.
  if (!artifact.definesAgain) return [];
  const again = definedAgain(artifact);
  const candidates = [...new Set(document.nodes)].filter((node) => again.has(node));
  return candidates.flatMap((node) => {
    const sites = strongest(sitesOfNode(state, node));
    return sites.length > 1 && isWholeOnce(artifact, sites) ? [{ node, sites }] : [];
  });
}

/** Nodes with more than one site of a kind that counts. */
function definedAgain({ holders }: ArtifactEntry): ReadonlySet<number> {
  const once = new Set<number>();
  const again = new Set<number>();
  for (const { nodes, trace } of holders) {
    for (let row = 0; row < nodes.length; row++) {
      const node = nodes[row] as number;
      const kind = trace.definitions[row * definitionWidth + definitionColumn.kind] as DefinitionKind;
      if (node < 0 || !repeatingKinds.has(kind)) continue;
      if (once.has(node)) again.add(node);
      else once.add(node);
    }
  }
  return again;
}

function strongest(sites: readonly DefinitionSite[]): readonly DefinitionSite[] {
  for (const kinds of repeatingSites) {
    const found = sites.filter(({ kind }) => kinds.includes(kind));
    if (found.length > 0) return found;
  }
  return [];
}

/** Why: two files with one id define everything twice; the id is the defect, and the two files of a pair say the same. */
function isWholeOnce({ whole }: ArtifactEntry, sites: readonly DefinitionSite[]): boolean {
  const own = new Set(whole.map(({ trace }) => trace.path));
  const paths = sites.map(({ path }) => path).filter((path) => own.has(path));
  return whole[0]?.trace.part !== undefined ? paths.length > 1 : new Set(paths).size < paths.length;
}

function addSitesIn({ trace, nodes }: DocumentEntry, node: number, sites: DefinitionSite[]): void {
  const { definitions, path } = trace;
  for (const row of rowsOf(nodes, node)) {
    const at = row * definitionWidth;
    const kind = definitions[at + definitionColumn.kind] as DefinitionKind;
    const [start, end] = [definitions[at + definitionColumn.start], definitions[at + definitionColumn.end]];
    sites.push({ path, kind, start: start ?? 0, end: end ?? 0 });
  }
}

/** Fewer rows than this are looked through each time. */
const fewRows = 64;
const rowsByNode = new WeakMap<Int32Array, ReadonlyMap<number, readonly number[]>>();

/** Why: every element of a long table may be asked for its site. */
function rowsOf(nodes: Int32Array, node: number): readonly number[] {
  if (nodes.length > fewRows) {
    let known = rowsByNode.get(nodes);
    if (known === undefined) rowsByNode.set(nodes, (known = grouped(nodes)));
    return known.get(node) ?? [];
  }
  const rows: number[] = [];
  for (let row = nodes.indexOf(node); row >= 0; row = nodes.indexOf(node, row + 1)) rows.push(row);
  return rows;
}

function grouped(nodes: Int32Array): ReadonlyMap<number, readonly number[]> {
  const rows = new Map<number, number[]>();
  for (const [row, node] of nodes.entries()) {
    const known = rows.get(node);
    if (known === undefined) rows.set(node, [row]);
    else known.push(row);
  }
  return rows;
}
