import type { Span } from "#model/source";
import type { RuleContext } from "./rule.ts";

/**
 * Where what a document lacks as a whole is reported: at its first heading; where it has none, as in YAML and Gherkin, at its own id
 * among its first lines, else at the first line that is not blank.
 */
export function titlePlace({ markdown, document, source }: RuleContext): Span {
  const heading = markdown?.headings[0];
  if (heading !== undefined) return heading;
  const head = source.text.slice(0, headLength);
  const id = document.id === undefined ? -1 : head.indexOf(document.id);
  if (id >= 0) return { start: id, end: id + (document.id?.length ?? 0) };
  const start = head.search(/\S/u);
  if (start < 0) return { start: 0, end: 0 };
  const line = /^[^\r\n]*/u.exec(head.slice(start))?.[0].trimEnd() ?? "";
  return { start, end: start + line.length };
}

/** Why: far below it is named among others. */
const headLength = 4096;
