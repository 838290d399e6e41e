import type { Span } from "#model/source";
import type { CodeSpan, Inline, Link } from "./inline-node.ts";
import { InlineScanner } from "./inline-scanner.ts";
import { InlineSource, type InlineText } from "./inline-source.ts";

export type { CodeSpan, Inline, Link } from "./inline-node.ts";
export type { InlineText } from "./inline-source.ts";
export { type Label, readLabel } from "./inline-label.ts";
export { normalLabel } from "./inline-scanner.ts";

/**
 * The inline pieces of a span or of a paragraph's lines, by start, outer before inner. `[text][label]` counts as a link
 * unless `labels` (normal labels of the document's definitions) is given and lacks it; `[label]` only when it has it.
 */
export function readInline(text: string, where: InlineText, labels?: ReadonlySet<string>): readonly Inline[] {
  return new InlineScanner(new InlineSource(text, where), labels).scan();
}

/** The links, images and autolinks of a span. */
export function readLinks(text: string, where: InlineText, labels?: ReadonlySet<string>): readonly Link[] {
  return readInline(text, where, labels).filter((piece) => isLink(piece));
}

/** The code spans of a span. */
export function readCodeSpans(text: string, where: InlineText): readonly CodeSpan[] {
  return readInline(text, where).filter((piece) => piece.kind === "code");
}

/** The text of a span as a reader sees it: no emphasis, code or link marks, no comments or tags, no escapes. */
export function plainText(text: string, where: InlineText): string {
  const source = new InlineSource(text, where);
  const pieces = new InlineScanner(source, undefined).scan();
  const hidden: Span[] = [];
  for (const piece of pieces) {
    if (piece.kind === "comment" || piece.kind === "tag") hidden.push(piece);
    else {
      hidden.push({ start: piece.start, end: piece.content.start });
      hidden.push({ start: piece.content.end, end: piece.end });
    }
  }
  hidden.sort((one, other) => one.start - other.start);
  return visible(source, hidden);
}

/** The source's text without the hidden document spans. */
function visible(source: InlineSource, hidden: readonly Span[]): string {
  const parts: string[] = [];
  let at = 0;
  for (const span of hidden) {
    const start = source.place(span.start);
    if (start > at) parts.push(source.text.slice(at, start));
    at = Math.max(at, source.place(span.end));
  }
  parts.push(source.text.slice(at));
  return parts.join("");
}

function isLink(piece: Inline): piece is Link {
  return piece.kind === "link" || piece.kind === "image" || piece.kind === "autolink";
}
