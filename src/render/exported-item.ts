import type { Verdict } from "#model/run";
import type { LinkStatus } from "#model/trace";

/** One end of a link of an exported node. */
export interface ExportedLink {
  /** Id of the other end; what was written when it leads nowhere. */
  readonly id: string;
  readonly tag: string;
  readonly status: LinkStatus;
}

/** A document, element or task of a plan with its links. */
export interface ExportedItem {
  readonly id: string;
  readonly kind: "document" | "element";
  readonly type: string;
  /** Name of the layer. */
  readonly typeName: string;
  readonly layer?: number;
  readonly title: string;
  readonly path: string;
  readonly line: number;
  /** Verdict of a plan, or of one of its tasks, by its receipt. */
  readonly verdict?: Verdict;
  readonly out: readonly ExportedLink[];
  readonly in: readonly ExportedLink[];
}

/** The items of an export, by id. Why: all of them at once, with their links, are many times as large as the documents. */
export interface ExportedItems {
  readonly ids: readonly string[];
  /** How many of them are documents. */
  readonly documents: number;
  /** Made anew each time. */
  at(index: number): ExportedItem;
}
