import { type DocumentTrace, tagColumn, tagFlag, tagWidth } from "#model/trace";
import { type ArtifactEntry, type DocumentEntry, type Found, linkColumn, linkWidth } from "./artifact-entry.ts";
import type { ElementIndex } from "./element-index.ts";
import { IntList } from "./int-list.ts";
import type { LayerTable } from "./layer-table.ts";
import { statusBits, statusNumber } from "./link-status.ts";
import type { NodeTable } from "./node-table.ts";
import { tagOwners } from "./tag-owners.ts";

/** Turns the live tags of documents into link rows. */
export class Resolver {
  readonly #layers: LayerTable;
  readonly #nodes: NodeTable;
  readonly #elements: ElementIndex;
  readonly #rows: IntList = new IntList(1024);
  readonly #named: IntList = new IntList(256);
  /** Number of the pass that last met an artifact. */
  readonly #met: IntList = new IntList(1024);
  #pass = 0;

  constructor(layers: LayerTable, nodes: NodeTable, elements: ElementIndex) {
    this.#layers = layers;
    this.#nodes = nodes;
    this.#elements = elements;
  }

  /** Resolves all live tags of a document. */
  resolve(document: DocumentEntry): void {
    const { trace, artifact } = document;
    const layer = this.#layers.layerOf(this.#layers.numberOf(trace.type));
    const owners = tagOwners(trace);
    const artifacts: (ArtifactEntry | undefined)[] = [];
    this.#start();
    this.#elements.settle(artifact);
    const { tags } = trace;
    const types: number[] = [];
    for (let row = 0, at = 0; at < tags.length; row++, at += tagWidth) {
      const named = tags[at + tagColumn.document] ?? -1;
      if (named < 0 || !isLink(tags[at + tagColumn.flags] ?? 0)) continue;
      const target = (artifacts[named] ??= this.#nodes.internArtifact(trace.strings[named] ?? ""));
      this.#meet(target);
      const owner = owners[row] ?? -1;
      this.#rows.push(owner < 0 ? artifact.node : (document.nodes[owner] ?? artifact.node));
      this.#rows.push(target.number);
      this.#rows.push(-1);
      this.#rows.push(row);
      this.#rows.push(0);
      const name = tags[at + tagColumn.type] ?? -1;
      this.#rows.push((types[name] ??= this.#layers.ofTag(trace.strings[name] ?? "")));
      this.#point(this.#rows, this.#rows.length - linkWidth, trace, target, layer);
    }
    document.links = grouped(this.#rows);
    document.named = this.#named.copy();
  }

  /** Resolves the links of a document that name one of the artifacts. */
  resolveAgain(document: DocumentEntry, changed: ReadonlySet<number>): void {
    const { trace, links } = document;
    const layer = this.#layers.layerOf(this.#layers.numberOf(trace.type));
    for (let at = 0; at < links.length; at += linkWidth) {
      const number = links[at + linkColumn.artifact] ?? -1;
      if (!changed.has(number)) continue;
      const target = this.#nodes.artifacts[number];
      if (target !== undefined) this.#point(new RowsOf(links), at, trace, target, layer);
    }
  }

  /** What a tag's element turned out to be; undefined for a tag that names none. */
  found(trace: DocumentTrace, row: number, target: ArtifactEntry): Found | undefined {
    const element = trace.strings[trace.tags[row * tagWidth + tagColumn.element] ?? -1];
    return element === undefined || target.holders.length === 0 ? undefined : this.#elements.find(target, element);
  }

  #start(): void {
    this.#rows.clear();
    this.#named.clear();
    this.#pass++;
  }

  #meet(target: ArtifactEntry): void {
    if (this.#met.at(target.number) === this.#pass) return;
    this.#met.set(target.number, this.#pass);
    this.#named.push(target.number);
  }

  /** Writes target and status of the link row at a place. */
  #point(rows: Rows, at: number, trace: DocumentTrace, target: ArtifactEntry, layer: number): void {
    const tag = rows.at(at + linkColumn.row) * tagWidth;
    const element = trace.tags[tag + tagColumn.element] ?? -1;
    let to = target.holders.length === 0 ? -1 : target.node;
    let status = to < 0 ? statusNumber.missing : this.#documentStatus(target);
    if (to >= 0 && element >= 0) {
      const name = trace.strings[element] ?? "";
      to = this.#elements.stated(target, name);
      status = statusNumber.exact;
      if (to < 0) {
        const found = this.#elements.find(target, name);
        to = found.nodes.length === 1 ? (found.nodes[0] ?? -1) : -1;
        status = packed(found);
      }
    }
    if (layer >= 0 && this.#layerNamed(rows.at(at + linkColumn.type), target) > layer) status = statusNumber.upward;
    rows.set(at + linkColumn.to, to);
    rows.set(at + linkColumn.status, status);
  }

  /** Why: a document that is not there yet has the layer that its tag speaks of. */
  #layerNamed(tagType: number, target: ArtifactEntry): number {
    return this.#layers.layerOf(target.type >= 0 ? target.type : tagType);
  }

  #documentStatus({ type }: ArtifactEntry): number {
    const facts = this.#layers.types[type];
    const whole = facts === undefined || facts.element === "none" || facts.reference === "path";
    return whole ? statusNumber.exact : statusNumber["document-only"];
  }
}

interface Rows {
  at(index: number): number;
  set(index: number, value: number): void;
}

/** Rows that are there already, written in place. */
class RowsOf implements Rows {
  readonly #links: Int32Array;

  constructor(links: Int32Array) {
    this.#links = links;
  }

  at(index: number): number {
    return this.#links[index] ?? -1;
  }

  set(index: number, value: number): void {
    this.#links[index] = value;
  }
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
function grouped(rows: IntList): Int32Array {
  const links = rows.copy();
  const count = links.length / linkWidth;
  let sorted = true;
  for (let row = 1; row < count && sorted; row++) {
    sorted = (links[(row - 1) * linkWidth] ?? 0) <= (links[row * linkWidth] ?? 0);
  }
  if (sorted) return links;
  const order = Array.from({ length: count }, (_, row) => row).sort(
    (a, b) => (links[a * linkWidth] ?? 0) - (links[b * linkWidth] ?? 0) || a - b,
  );
  const result = new Int32Array(links.length);
  for (const [place, row] of order.entries()) {
    result.set(links.subarray(row * linkWidth, (row + 1) * linkWidth), place * linkWidth);
  }
  return result;
}
