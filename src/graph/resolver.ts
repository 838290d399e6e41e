import { type DocumentTrace, tagColumn, tagFlag, tagWidth } from "#model/trace";
import { type ArtifactEntry, type DocumentEntry, type Found, linkColumn, linkWidth } from "./artifact-entry.ts";
import type { ElementIndex } from "./element-index.ts";
import { IntList } from "./int-list.ts";
import type { LayerTable } from "./layer-table.ts";
import { isSpecial, statusBits, statusNumber } from "./link-status.ts";
import { Marks } from "./marks.ts";
import type { NodeTable } from "./node-table.ts";
import { tagOwners } from "./tag-owners.ts";

/** What was not asked for yet. */
const unknown = -2;

/** How many tags are remembered while a document is resolved; what is known of each: what was written, and what it turned out to be. */
const aimedPlaces = 1024;
const aimedColumn = {
  pass: 0,
  name: 1,
  document: 2,
  element: 3,
  artifact: 4,
  to: 5,
  status: 6,
  type: 7,
  above: 8,
} as const;
const aimedWidth = 9;

/** Turns the live tags of documents into link rows. */
export class Resolver {
  readonly #layers: LayerTable;
  readonly #nodes: NodeTable;
  readonly #elements: ElementIndex;
  readonly #named: IntList = new IntList(256);
  readonly #met = new Marks();
  /** By string of the document that is resolved: the type that a tag of this name speaks of, the artifact that it names. */
  #types = new Int32Array(4);
  #targets = new Int32Array(4);
  /** What tags turned out to be in this pass; one of those that fall into one place. */
  readonly #aimed = new Int32Array(aimedPlaces * aimedWidth);
  #pass = 0;
  /** Type, target and status of the link that was aimed last, and the type of its target where that lies above. */
  #type = -1;
  #to = -1;
  #status = 0;
  #above = -1;

  constructor(layers: LayerTable, nodes: NodeTable, elements: ElementIndex) {
    this.#layers = layers;
    this.#nodes = nodes;
    this.#elements = elements;
  }

  /** Resolves all live tags of a document. */
  resolve(entry: DocumentEntry): void {
    const { trace, artifact } = entry;
    const { tags, strings } = trace;
    const layer = this.#layers.layerOf(this.#layers.numberOf(trace.type));
    this.#begin(strings.length);
    this.#elements.settle(artifact);
    const { nodes } = entry;
    const owners = tagOwners(trace);
    const links = new Int32Array((tags.length / tagWidth) * linkWidth);
    const aimed = this.#aimed;
    let [end, special] = [0, 0];
    let isGrouped = true;
    for (let row = 0, at = 0; at < tags.length; row++, at += tagWidth) {
      if (!isLink(tags[at + tagColumn.flags] as number)) continue;
      const place = this.#aimedPlace(trace, at, layer);
      if (place < 0) continue;
      const owner = owners[row] as number;
      const from = owner < 0 ? artifact.node : (nodes[owner] ?? artifact.node);
      if (end > 0 && from < (links[end - linkWidth + linkColumn.from] as number)) isGrouped = false;
      links[end + linkColumn.from] = from;
      links[end + linkColumn.artifact] = aimed[place + aimedColumn.artifact] as number;
      links[end + linkColumn.to] = aimed[place + aimedColumn.to] as number;
      links[end + linkColumn.row] = row;
      links[end + linkColumn.status] = aimed[place + aimedColumn.status] as number;
      links[end + linkColumn.type] = aimed[place + aimedColumn.type] as number;
      links[end + linkColumn.above] = aimed[place + aimedColumn.above] as number;
      if (isSpecial(aimed[place + aimedColumn.status] as number)) special++;
      end += linkWidth;
    }
    const written = end === links.length ? links : links.slice(0, end);
    entry.links = isGrouped ? written : grouped(written);
    entry.special = special;
    entry.named = this.#named.copy();
  }

  /** Forgets what is known of the strings of the document before. */
  #begin(strings: number): void {
    if (strings > this.#types.length) {
      this.#types = new Int32Array(strings * 2);
      this.#targets = new Int32Array(strings * 2);
    }
    this.#types.fill(unknown, 0, strings);
    this.#targets.fill(unknown, 0, strings);
    this.#pass++;
    this.#named.clear();
    this.#met.clear();
  }

  /**
   * Where it stands what the tag at an offset turned out to be; -1 for one that names nothing. Why: the tags of a document name the same
   * few elements again and again.
   */
  #aimedPlace(trace: DocumentTrace, at: number, layer: number): number {
    const { tags } = trace;
    const aimed = this.#aimed;
    const name = tags[at + tagColumn.type] as number;
    const document = tags[at + tagColumn.document] as number;
    const element = tags[at + tagColumn.element] as number;
    const hash = Math.imul(document, 0x9e3779b1) + Math.imul(element, 31) + name;
    const place = (hash & (aimedPlaces - 1)) * aimedWidth;
    if (
      document >= 0 &&
      aimed[place + aimedColumn.pass] === this.#pass &&
      aimed[place + aimedColumn.name] === name &&
      aimed[place + aimedColumn.document] === document &&
      aimed[place + aimedColumn.element] === element
    )
      return place;
    const target = this.#targetOf(trace, at);
    if (target === undefined) return -1;
    this.#aim(trace, at, target, this.#type, layer);
    aimed[place + aimedColumn.pass] = this.#pass;
    aimed[place + aimedColumn.name] = name;
    aimed[place + aimedColumn.document] = document;
    aimed[place + aimedColumn.element] = element;
    aimed[place + aimedColumn.artifact] = target.number;
    aimed[place + aimedColumn.to] = this.#to;
    aimed[place + aimedColumn.status] = this.#status;
    aimed[place + aimedColumn.type] = this.#type;
    aimed[place + aimedColumn.above] = this.#above;
    return place;
  }

  /** The artifact that the tag at an offset names; undefined when it names none. Its type is known then. */
  #targetOf({ tags, strings }: DocumentTrace, at: number): ArtifactEntry | undefined {
    const name = tags[at + tagColumn.type] as number;
    let type = this.#types[name] as number;
    if (type === unknown) {
      type = this.#layers.ofTag(strings[name] ?? "");
      this.#types[name] = type;
    }
    this.#type = type;
    const document = tags[at + tagColumn.document] as number;
    const named = document < 0 && this.#isPath(type) ? (tags[at + tagColumn.raw] as number) : document;
    if (named < 0) return undefined;
    const known = this.#targets[named] as number;
    if (known !== unknown) return this.#nodes.artifacts[known];
    const word = strings[named] ?? "";
    const target = this.#meet(this.#isPath(type) ? pathIn(word) : word);
    this.#targets[named] = target.number;
    return target;
  }

  /** Resolves the links of a document that name one of the artifacts. False when all are as they were. */
  resolveAgain(document: DocumentEntry, changed: ReadonlySet<number>): boolean {
    const { trace, links } = document;
    const layer = this.#layers.layerOf(this.#layers.numberOf(trace.type));
    // Why: what is kept of the rows as they were is told apart from these.
    let now = links;
    for (let at = 0; at < links.length; at += linkWidth) {
      const number = links[at + linkColumn.artifact] ?? -1;
      const target = changed.has(number) ? this.#nodes.artifacts[number] : undefined;
      if (target === undefined) continue;
      this.#aim(trace, (links[at + linkColumn.row] ?? 0) * tagWidth, target, links[at + linkColumn.type] ?? -1, layer);
      const isSame = links[at + linkColumn.to] === this.#to && links[at + linkColumn.above] === this.#above;
      if (isSame && links[at + linkColumn.status] === this.#status) continue;
      if (now === links) now = links.slice();
      now[at + linkColumn.above] = this.#above;
      now[at + linkColumn.to] = this.#to;
      document.special += Number(isSpecial(this.#status));
      document.special -= Number(isSpecial(now[at + linkColumn.status] as number));
      now[at + linkColumn.status] = this.#status;
    }
    document.links = now;
    return now !== links;
  }

  /** What a tag's element turned out to be; undefined for a tag that names none. */
  found(trace: DocumentTrace, row: number, target: ArtifactEntry): Found | undefined {
    const element = trace.strings[trace.tags[row * tagWidth + tagColumn.element] ?? -1];
    return element === undefined || target.holders.length === 0 ? undefined : this.#elements.find(target, element);
  }

  #isPath(type: number): boolean {
    return this.#layers.types[type]?.reference === "path";
  }

  /** The artifact of an id; noted as named by the document that is being resolved. */
  #meet(id: string): ArtifactEntry {
    const target = this.#nodes.internArtifact(id);
    if (this.#met.add(target.number)) this.#named.push(target.number);
    return target;
  }

  /** Finds target and status of the tag at an offset of the trace's rows. */
  #aim(trace: DocumentTrace, tag: number, target: ArtifactEntry, type: number, layer: number): void {
    const element = trace.tags[tag + tagColumn.element] as number;
    if (target.holders.length === 0) {
      this.#to = -1;
      this.#status = statusNumber.missing;
    } else if (element < 0) {
      this.#to = target.node;
      this.#status = this.#documentStatus(target);
    } else this.#aimAtElement(target, trace.strings[element] ?? "");
    // Why: a document that is not there yet has the layer that its tag speaks of.
    const its = this.#layers.layerOf(target.type >= 0 ? target.type : type);
    if (layer >= 0 && its > layer) this.#status = statusNumber.upward;
    this.#above = this.#to >= 0 && target.type >= 0 && its < layer ? target.type : -1;
  }

  #aimAtElement(target: ArtifactEntry, name: string): void {
    this.#to = this.#elements.stated(target, name);
    this.#status = statusNumber.exact;
    if (this.#to >= 0) return;
    const found = this.#elements.find(target, name);
    this.#to = found.nodes.length === 1 ? (found.nodes[0] ?? -1) : -1;
    this.#status = packed(found);
  }

  #documentStatus({ type }: ArtifactEntry): number {
    const facts = this.#layers.types[type];
    const whole = facts === undefined || facts.element === "none" || facts.reference === "path";
    return whole ? statusNumber.exact : statusNumber["document-only"];
  }
}

/** The path of `./src/a.py:main`. */
function pathIn(value: string): string {
  const colon = value.indexOf(":");
  return (colon < 0 ? value : value.slice(0, colon)).replace(/^(?:\.\/)+/u, "");
}

function isLink(flags: number): boolean {
  return (flags & tagFlag.live) !== 0 && (flags & tagFlag.none) === 0;
}

function packed({ nodes, derivation }: Found): number {
  if (nodes.length === 0) return statusNumber.missing;
  if (nodes.length > 1) return statusNumber.ambiguous | (derivation << statusBits);
  return derivation === 0 ? statusNumber.exact : statusNumber.derived | (derivation << statusBits);
}

/** The rows with those of one node side by side, each node's in order of place. */
function grouped(links: Int32Array): Int32Array {
  const count = links.length / linkWidth;
  const order = Array.from({ length: count }, (_, row) => row).sort(
    (a, b) => (links[a * linkWidth] ?? 0) - (links[b * linkWidth] ?? 0) || a - b,
  );
  const result = new Int32Array(links.length);
  for (const [place, row] of order.entries()) {
    result.set(links.subarray(row * linkWidth, (row + 1) * linkWidth), place * linkWidth);
  }
  return result;
}
