import type { TraceGraph } from "#graph/graph";
import type { DeclaredScore } from "#model/declared-score";
import type { Edit } from "#model/edit";
import type { ReceiptLine } from "#model/run";
import type { Range, Span } from "#model/source";

/** What is known of a document before it is read: its place and what the workspace took it for. */
export interface DocumentFacts {
  /** Workspace-relative path with forward slashes. */
  readonly path: string;
  /** Artifact type such as `IPLAN`; absent for files that are no artifact. */
  readonly type?: string;
  /** Artifact id such as `IPLAN-001`, from the file name. */
  readonly id?: string;
  readonly template: boolean;
  /** The user named it; false when a walk found it. */
  readonly named: boolean;
  /** Bytes on disk. */
  readonly size: number;
  /** Why the document was not read; absent when it was. */
  readonly unread?: string;
  /** The readiness that it declares of itself, and where; absent when it declares none. */
  readonly declared?: readonly DeclaredScore[];
}

/** Headings and fences of a Markdown document. */
export interface MarkdownFacts {
  readonly headings: readonly HeadingFact[];
  /** The first heading of level 1. */
  readonly title: HeadingFact | undefined;
  readonly fences: readonly (Span & { readonly closed: boolean })[];
}

/** A heading of a Markdown document. */
export interface HeadingFact extends Span {
  readonly level: number;
  readonly text: string;
}

/** A run of wrongly decoded text and what it was. */
export interface WoundFact extends Span {
  readonly healed: string;
  /** What its UTF-8 was taken for, such as `Mac Roman`. */
  readonly takenFor: string;
  /** How often it was wrongly read; once when absent. */
  readonly depth?: number;
}

/** The receipt beside a plan. Its absence is a fact of its own. */
export interface ReceiptFacts {
  readonly path: string;
  readonly present: boolean;
  readonly lines: readonly ReceiptLine[];
  /** Lines that could not be read; `line` from 1. */
  readonly problems: readonly { readonly line: number; readonly message: string }[];
}

/** An index or matrix that the program generates, against what it would generate now. */
export interface RegistryFacts {
  /** Type whose documents it lists. */
  readonly type: string;
  /** Its first marker. */
  readonly start: number;
  readonly end: number;
  /** What would bring it up to date; absent when it is. */
  readonly edit?: Edit;
  /** Why nothing can be written. */
  readonly problem?: string;
}

/** What is wrong with the configuration. */
export interface ConfigProblem {
  readonly kind: "unknown-key" | "bad-value" | "expired-waiver" | "waiver-without-reason";
  /** Path of the key, such as `waivers[0].reason`. */
  readonly key: string;
  /** What is wrong and what to write instead. */
  readonly message: string;
  readonly range: Range | Span;
  /** Problems with the same cause are one finding, at the first place. */
  readonly cause?: string;
}

/** The configuration file as a document. */
export interface ConfigFacts {
  readonly problems: readonly ConfigProblem[];
}

/** A document that holds an id. */
export interface IdHolder {
  readonly path: string;
  /** Part number of a split plan. */
  readonly part?: number;
}

/** What other documents and the file tree say. */
export interface WorkspaceFacts {
  /** Every document that holds the artifact id, templates and indexes left out. */
  holders(id: string): readonly IdHolder[];
  /** True when the workspace-relative path exists. */
  exists(path: string): boolean;
  /** The text of a file; undefined for one that is not there, is not to be read, or is no text. Ask for few: nothing is kept. */
  text(path: string): string | undefined;
  /** Anchors of a document: slugs of its headings as code hosts make them, and explicit ones. Undefined for what has none to know. */
  anchors(path: string): ReadonlySet<string> | undefined;
}

/** The graph of the whole workspace, seen from one document. */
export interface TraceFacts {
  readonly graph: TraceGraph;
  /** The document's path in the graph. */
  readonly path: string;
}
