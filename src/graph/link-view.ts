import { type LinkStatus, type TraceLink, tagColumn, tagWidth } from "#model/trace";
import { type ArtifactEntry, type DocumentEntry, linkColumn, linkWidth } from "./artifact-entry.ts";
import { derivations } from "./derivations/table.ts";
import type { GraphState } from "./graph-state.ts";
import { derivationOf, isSpecial, statusOf } from "./link-status.ts";

/**
 * The links of one document without an object for each: ask columns by index, and `at` for those that are shown. They are
 * grouped by the node that wrote them, the document's own first. Good until the graph changes.
 */
export interface LinkList {
  readonly length: number;
  /** Of how many links there is something to say: those that are neither exact nor derived by what is certain. */
  readonly special: number;
  isSpecial(index: number): boolean;
  status(index: number): LinkStatus;
  /** Node that wrote the tag. */
  from(index: number): number;
  /** Node it leads to; -1 for none. */
  to(index: number): number;
  /** Node of the document that is named, whether it is there or not. */
  document(index: number): number;
  /** Normal tag name. */
  tag(index: number): string;
  /** Row of the tag in the document's trace. */
  row(index: number): number;
  at(index: number): TraceLink;
}

/** The link rows of a document, to be read. */
export function linksOf(state: GraphState, document: DocumentEntry): LinkList {
  return new LinkRows(state, document);
}

/** Why: every rule on links asks for them; methods of a class cost nothing to make. */
class LinkRows implements LinkList {
  readonly length: number;
  readonly special: number;
  readonly #state: GraphState;
  readonly #document: DocumentEntry;

  constructor(state: GraphState, document: DocumentEntry) {
    this.#state = state;
    this.#document = document;
    this.special = document.special;
    this.length = document.links.length / linkWidth;
  }

  isSpecial(index: number): boolean {
    return isSpecial(this.#column(index, linkColumn.status));
  }

  status(index: number): LinkStatus {
    return statusOf(this.#column(index, linkColumn.status));
  }

  from(index: number): number {
    return this.#column(index, linkColumn.from);
  }

  to(index: number): number {
    return this.#column(index, linkColumn.to);
  }

  document(index: number): number {
    return this.#state.nodes.artifacts[this.#column(index, linkColumn.artifact)]?.node ?? -1;
  }

  tag(index: number): string {
    const { trace } = this.#document;
    return trace.strings[trace.tags[this.row(index) * tagWidth + tagColumn.type] ?? -1] ?? "";
  }

  row(index: number): number {
    return this.#column(index, linkColumn.row);
  }

  at(index: number): TraceLink {
    return linkAt(this.#state, this.#document, index * linkWidth);
  }

  #column(index: number, name: number): number {
    return this.#document.links[index * linkWidth + name] ?? -1;
  }
}

/** The link at an offset of a document's rows, as it is shown. */
export function linkAt(state: GraphState, document: DocumentEntry, at: number): TraceLink {
  const { links, trace } = document;
  const tag = (links[at + linkColumn.row] ?? -1) * tagWidth;
  const packed = links[at + linkColumn.status] ?? -1;
  const to = links[at + linkColumn.to] ?? -1;
  const link: TraceLink = {
    from: state.nodes.idOf(links[at + linkColumn.from] ?? -1),
    to: to >= 0 ? state.nodes.idOf(to) : writtenTarget(document, tag),
    tag: trace.strings[trace.tags[tag + tagColumn.type] ?? -1] ?? "",
    status: statusOf(packed),
    path: trace.path,
    start: trace.tags[tag + tagColumn.start] ?? 0,
    end: trace.tags[tag + tagColumn.end] ?? 0,
  };
  const derivation = derivations[derivationOf(packed) - 1];
  const isSeveral = to < 0 && link.status !== "missing";
  return derivation === undefined && !isSeveral ? link : withDerivation(state, document, at, link);
}

/** Why: few links are derived, and parts that may be absent take longer than all else of a link. */
function withDerivation(state: GraphState, { links, trace }: DocumentEntry, at: number, link: TraceLink): TraceLink {
  const target = (links[at + linkColumn.to] ?? -1) >= 0 ? undefined : artifactAt(state, links, at);
  const found = target && state.resolver.found(trace, links[at + linkColumn.row] ?? -1, target);
  const derivation = derivations[derivationOf(links[at + linkColumn.status] ?? -1) - 1];
  return {
    from: link.from,
    to: link.to,
    tag: link.tag,
    status: link.status,
    ...(derivation === undefined ? {} : { derivation: derivation.words }),
    ...(derivation?.loose === true ? { loose: true as const } : {}),
    ...(found === undefined || found.nodes.length < 2
      ? {}
      : { candidates: found.nodes.map((one) => state.nodes.idOf(one)) }),
    path: link.path,
    start: link.start,
    end: link.end,
  };
}

function artifactAt({ nodes }: GraphState, links: Int32Array, at: number): ArtifactEntry | undefined {
  return nodes.artifacts[links[at + linkColumn.artifact] ?? -1];
}

/** `DOC:ELEMENT` as it was meant: an element that was written alone belongs to the document named before it. */
function writtenTarget({ trace }: DocumentEntry, tag: number): string {
  const text = (column: number): string | undefined => trace.strings[trace.tags[tag + column] ?? -1];
  const document = text(tagColumn.document) ?? text(tagColumn.raw) ?? "";
  const element = text(tagColumn.element);
  return element === undefined ? document : `${document}:${element}`;
}
