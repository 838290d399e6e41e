import type { Span } from "#model/source";
import type { MarkdownFacts } from "./facts.ts";

/** Where what a document lacks as a whole is reported: at its first heading, at its start when it has none. */
export function titlePlace(markdown: MarkdownFacts | undefined): Span {
  return markdown?.headings[0] ?? { start: 0, end: 0 };
}
