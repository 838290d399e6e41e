import { type DocumentTrace, tagColumn, tagFlag, tagWidth } from "#model/trace";
import { type ArtifactEntry, type DocumentEntry, type Found, linkColumn, linkWidth } from "./artifact-entry.ts";
import type { ElementIndex } from "./element-index.ts";
import { IntList } from "./int-list.ts";
import type { LayerTable } from "./layer-table.ts";
import { statusBits, statusNumber } from "./link-status.ts";
import { Marks } from "./marks.ts";
import type { NodeTable } from "./node-table.ts";
import { tagOwners } from "./tag-owners.ts";

/** What was not asked for yet. */
const unknown = -2;

/** How many elements are remembered while a document is resolved, and numbers of each: pass, artifact, string, target, status. */
const aimedPlaces = 1024;
const aimedWidth = 5;

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
  /** What elements of artifacts turned out to be in this pass; one of those that fall into one place. */
  readonly #aimed = new Int32Array(aimedPlaces * aimedWidth);
  #pass = 0;
  /** Type, target and status of the link that was aimed last. */
  #type = -1;
  #to = -1;
  #status = 0;

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
    let [end, special] = [0, 0];
    let isGrouped = true;
    for (let row = 0, at = 0; at < tags.length; row++, at += tagWidth) {
      if (!isLink(tags[at + tagColumn.flags] as number)) continue;
      const target = this.#targetOf(trace, at);
      if (target === undefined) continue;
      const owner = owners[row] as number;
      const from = owner < 0 ? artifact.node : (nodes[owner] ?? artifact.node);
      if (end > 0 && from < (links[end - linkWidth + linkColumn.from] as number)) isGrouped = false;
      this.#aimOnce(trace, at, target, layer);
      links[end + linkColumn.from] = from;
      links[end + linkColumn.artifact] = target.number;
      links[end + linkColumn.to] = this.#to;
      links[end + linkColumn.row] = row;
      links[end + linkColumn.status] = this.#status;
      links[end + linkColumn.type] = this.#type;
      if (this.#status !== statusNumber.exact) special++;
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
      if (links[at + linkColumn.to] === this.#to && links[at + linkColumn.status] === this.#status) continue;
      if (now === links) now = links.slice();
      now[at + linkColumn.to] = this.#to;
      document.special += Number(this.#status !== statusNumber.exact);
      document.special -= Number(now[at + linkColumn.status] !== statusNumber.exact);
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

  /** As `#aim`, but remembers. Why: the tags of a document name the same few elements again and again. */
  #aimOnce(trace: DocumentTrace, tag: number, target: ArtifactEntry, layer: number): void {
    const element = trace.tags[tag + tagColumn.element] as number;
    if (element < 0 || target.holders.length === 0) return this.#aim(trace, tag, target, this.#type, layer);
    const aimed = this.#aimed;
    const place = ((Math.imul(target.number, 0x9e3779b1) + element) & (aimedPlaces - 1)) * aimedWidth;
    if (aimed[place] === this.#pass && aimed[place + 1] === target.number && aimed[place + 2] === element) {
      this.#to = aimed[place + 3] as number;
      this.#status = aimed[place + 4] as number;
      return;
    }
    this.#aim(trace, tag, target, this.#type, layer);
    aimed[place] = this.#pass;
    aimed[place + 1] = target.number;
    aimed[place + 2] = element;
    aimed[place + 3] = this.#to;
    aimed[place + 4] = this.#status;
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
    if (layer >= 0 && this.#layers.layerOf(target.type >= 0 ? target.type : type) > layer) {
      this.#status = statusNumber.upward;
    }
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
