import type { Span } from "#model/source";

/** A piece of inline Markdown that is more than plain text; `content` is what stands between its marks. */
interface InlineNode extends Span {
  readonly content: Span;
}

/** A code span; `content` excludes the one blank CommonMark strips at both ends. */
export interface CodeSpan extends InlineNode {
  readonly kind: "code";
  /** The code, line ends turned into blanks. */
  readonly code: string;
}

/** A link or image, `[content](target)`, `[content][label]` or `<target>`. */
export interface Link extends InlineNode {
  readonly kind: "link" | "image" | "autolink";
  /** Where it points, escapes resolved; for a reference, its label. */
  readonly target: string;
  readonly targetSpan: Span;
  /** True when the target is the label of a definition. */
  readonly reference: boolean;
}

/** Emphasis, a comment, a tag, or an escaped sign (its content the sign). */
export interface Mark extends InlineNode {
  readonly kind: "emphasis" | "strong" | "strike" | "comment" | "tag" | "escape";
}

/** Any inline piece, told apart by `kind`. */
export type Inline = CodeSpan | Link | Mark;
