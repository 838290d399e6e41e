import type { TraceGraph } from "#graph/graph";
import { tagColumn, tagFlag, tagWidth } from "#model/trace";
import { createTraceReader } from "#parse/trace";
import { layerOf, parseElementId } from "#profile/dialect";
import type { LayerProfile, Profile } from "#profile/profile";

/** A tag as it is to be written: name without `@`, and its values. */
export interface InheritedTag {
  readonly name: string;
  readonly type: string;
  readonly values: readonly string[];
}

/** What a new document inherits. */
export interface Inheritance {
  /** By layer; those of types to which no parent leads hold a placeholder or the word for none. */
  readonly tags: readonly InheritedTag[];
  /** Documents it comes from directly, the nearest layer first. */
  readonly sources: readonly number[];
  /** All nodes that the tags name. */
  readonly nodes: readonly number[];
  /** Mandatory types to which the chain of the parents does not lead. */
  readonly missing: readonly string[];
}

/** Rounds in which ancestors are added; each optional layer may make a new parent, and there are few. */
const mostRounds = 6;

/** A value that is read back as it is written, in any kind of document. */
const plainValue = /^[\w./-]+(?::[\w./-]+)?$/u;

/**
 * The cumulative tags of a new document: its parents, and all that their chain leads to, as the rule on closure expects it. A parent
 * named as a whole gives its elements, where the profile asks for elements.
 */
export function inheritedTags(
  graph: TraceGraph,
  layer: LayerProfile,
  id: string,
  parents: readonly number[],
): Inheritance {
  const { profile } = graph;
  const named = parents.flatMap((parent) => namedElements(graph, parent));
  const nodes = new Set([...named, ...named.flatMap((parent) => writtenBy(graph, layer, parent))]);
  const direct = nodes.size > 0 ? addAncestors(graph, layer, id, nodes) : [];
  const tags = [...layer.upstream, ...layer.upstreamIfPresent]
    .flatMap((type) => layerOf(profile, type) ?? [])
    .filter((one) => one.tag !== undefined && one.layer <= layer.layer)
    .sort((a, b) => a.layer - b.layer)
    .flatMap((one) => tagOf(graph, layer, one, nodes, parents));
  const missing = layer.upstream.filter((type) => {
    const tag = tags.find((one) => one.type === type);
    return tag !== undefined && tag.values[0] === placeholderId(profile, type);
  });
  return { tags, sources: documentsOf(graph, direct), nodes: [...nodes], missing };
}

/** `BRD-NNN`: an id whose number is still to be chosen. */
export function placeholderId(profile: Profile, type: string): string {
  return `${type}-${profile.ids.placeholders[0] ?? "NNN"}`;
}

/**
 * Adds what the parents lead to until nothing is missing, by asking the graph about a document that writes them. Returns what it then
 * takes for the parents: an optional layer between may be one of them.
 */
function addAncestors(graph: TraceGraph, layer: LayerProfile, id: string, nodes: Set<number>): readonly number[] {
  const reader = createTraceReader(graph.profile);
  const path = ` ${id}.md`;
  const wanted = wantedTypes(layer);
  let parents: readonly number[] = [];
  for (let round = 0; round < mostRounds; round++) {
    const text = [...nodes].map((node) => `@${tagName(graph, node)}: ${valueOf(graph, node)}\n`).join("\n");
    graph.set(reader.read({ path, role: "artifact", type: layer.type, id, template: false }, text));
    const node = graph.find(id);
    const lineage = node === undefined ? undefined : graph.lineage(node);
    const before = nodes.size;
    parents = lineage?.parents ?? parents;
    for (const one of lineage?.expected ?? []) {
      if (wanted.has(typeOf(graph, one))) nodes.add(one);
    }
    if (nodes.size === before) break;
  }
  graph.remove(path);
  return parents;
}

function wantedTypes({ upstream, upstreamIfPresent }: LayerProfile): ReadonlySet<string> {
  return new Set([...upstream, ...upstreamIfPresent]);
}

/** Why: a parent may name more than its own chain leads to, such as scenarios that no decision asked for; they hold below it, too. */
function writtenBy(graph: TraceGraph, layer: LayerProfile, parent: number): readonly number[] {
  const wanted = wantedTypes(layer);
  return (graph.lineage(parent)?.written ?? []).filter((node) => wanted.has(typeOf(graph, node)));
}

/** The elements of a document that was named as a whole, where tags of its type name elements; else the node itself. */
function namedElements(graph: TraceGraph, node: number): readonly number[] {
  const isElement = graph.documentOf(node) !== node;
  if (isElement || (layerOf(graph.profile, typeOf(graph, node))?.element ?? "none") === "none") return [node];
  const elements = graph.holdersOf(node).flatMap((path) => graph.elementsOf(path));
  const demanding = elements.filter((one) => graph.isDemanding(one) && isFoundAgain(graph, one));
  return demanding.length > 0 ? [...new Set(demanding)] : [node];
}

function isFoundAgain(graph: TraceGraph, node: number): boolean {
  const value = graph.idOf(node);
  return plainValue.test(value) && graph.find(value) === node;
}

function tagOf(
  graph: TraceGraph,
  layer: LayerProfile,
  named: LayerProfile,
  nodes: ReadonlySet<number>,
  parents: readonly number[],
): readonly InheritedTag[] {
  const own = [...nodes].filter((node) => typeOf(graph, node) === named.type);
  const tag = { name: named.tag ?? named.type.toLowerCase(), type: named.type };
  if (own.length > 0) return [{ ...tag, values: valuesOf(graph, own) }];
  if (!layer.upstream.includes(named.type)) return [];
  const [none] = graph.profile.tags.none;
  const saysNone = none !== undefined && parents.some((parent) => writesNone(graph, parent, tag.name));
  return [{ ...tag, values: [saysNone ? none : placeholderId(graph.profile, named.type)] }];
}

/** Values by document and place; a document as a whole is left out where elements of it are named, too. */
function valuesOf(graph: TraceGraph, nodes: readonly number[]): readonly string[] {
  const withElements = new Set(
    nodes.filter((node) => graph.documentOf(node) !== node).map((one) => graph.documentOf(one)),
  );
  return nodes
    .filter((node) => !withElements.has(node))
    .map((node) => ({ node, document: graph.idOf(graph.documentOf(node)), start: graph.view(node)?.start ?? 0 }))
    .sort((a, b) => a.document.localeCompare(b.document, "en", { numeric: true }) || a.start - b.start)
    .map(({ node }) => valueOf(graph, node));
}

/** Why: an element's id that names its document in itself is written without the document before it. */
function valueOf(graph: TraceGraph, node: number): string {
  const id = graph.idOf(node);
  const colon = id.indexOf(":");
  const element = colon < 0 ? undefined : parseElementId(graph.profile, id.slice(colon + 1));
  return element !== undefined && element.document.id === id.slice(0, colon) ? element.element : id;
}

function tagName(graph: TraceGraph, node: number): string {
  const type = typeOf(graph, node);
  return layerOf(graph.profile, type)?.tag ?? type.toLowerCase();
}

function typeOf(graph: TraceGraph, node: number): string {
  return graph.view(graph.documentOf(node))?.type ?? "";
}

function writesNone(graph: TraceGraph, node: number, tag: string): boolean {
  return graph.holdersOf(node).some((path) => {
    const { tags, strings } = graph.trace(path) ?? { tags: new Int32Array(0), strings: [] };
    for (let at = 0; at < tags.length; at += tagWidth) {
      const flags = tags[at + tagColumn.flags] ?? 0;
      const isNone = (flags & tagFlag.none) !== 0 && (flags & tagFlag.live) !== 0;
      if (isNone && strings[tags[at + tagColumn.type] ?? -1] === tag) return true;
    }
    return false;
  });
}

/** The documents of some nodes, the nearest layer first. */
export function documentsOf(graph: TraceGraph, nodes: readonly number[]): readonly number[] {
  const documents = [...new Set(nodes.map((node) => graph.documentOf(node)))];
  const layer = (node: number): number => graph.view(node)?.layer ?? -1;
  return documents.sort(
    (a, b) => layer(b) - layer(a) || graph.idOf(a).localeCompare(graph.idOf(b), "en", { numeric: true }),
  );
}
