import { type LinkStatus, type TraceLink, tagColumn, tagWidth } from "#model/trace";
import { type DocumentEntry, linkColumn, linkWidth } from "./artifact-entry.ts";
import { derivations } from "./derivations/table.ts";
import type { GraphState } from "./graph-state.ts";
import { derivationOf, statusOf } from "./link-status.ts";

/**
 * The links of one document without an object for each: ask columns by index, and `at` for those that are shown. They are
 * grouped by the node that wrote them, the document's own first. Good until the graph changes.
 */
export interface LinkList {
  readonly length: number;
  /** How many links are not exact. */
  readonly special: number;
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
  const column = (name: number): number => links[at + name] ?? -1;
  const tag = column(linkColumn.row) * tagWidth;
  const packed = column(linkColumn.status);
  const status = statusOf(packed);
  const to = column(linkColumn.to);
  const target = state.nodes.artifacts[column(linkColumn.artifact)];
  const found = to >= 0 || target === undefined ? undefined : state.resolver.found(trace, tag / tagWidth, target);
  const derivation = derivations[derivationOf(packed) - 1];
  return {
    from: state.nodes.idOf(column(linkColumn.from)),
    to: to >= 0 ? state.nodes.idOf(to) : writtenTarget(document, tag),
    tag: trace.strings[trace.tags[tag + tagColumn.type] ?? -1] ?? "",
    status,
    ...(derivation === undefined ? {} : { derivation: derivation.words }),
    ...(derivation?.loose === true ? { loose: true as const } : {}),
    ...(found === undefined || found.nodes.length < 2
      ? {}
      : { candidates: found.nodes.map((one) => state.nodes.idOf(one)) }),
    path: trace.path,
    start: trace.tags[tag + tagColumn.start] ?? 0,
    end: trace.tags[tag + tagColumn.end] ?? 0,
  };
}

/** `DOC:ELEMENT` as it was meant: an element that was written alone belongs to the document named before it. */
function writtenTarget({ trace }: DocumentEntry, tag: number): string {
  const text = (column: number): string | undefined => trace.strings[trace.tags[tag + column] ?? -1];
  const document = text(tagColumn.document) ?? text(tagColumn.raw) ?? "";
  const element = text(tagColumn.element);
  return element === undefined ? document : `${document}:${element}`;
}
