import { outsideCode } from "./source-lines.ts";

/** Begins of a line that would make something else of it than text: headings, quotes, lists, fences, boxes, tables. */
const structure = /^(?=#{1,6}(?:\s|$)|>|[-+*](?:\s|$)|\d{1,9}[.)](?:\s|$)|`{3}|~{3}|\[.\]\*?(?:\s|$)|\||@\w)/u;

/**
 * A text of another tool as one line of our document. What it holds stays text: no fence that runs, no annotation, no heading, no box and
 * no tag comes of it.
 */
export function plainLine(text: string): string {
  const line = text
    .replace(/[\u0000-\u001F\u007F\u2028\u2029]+/gu, " ")
    .replace(/\s+/gu, " ")
    .replaceAll("<!--", "&lt;!--");
  return outsideCode(line, (part) => part.replaceAll("**", ""))
    .trim()
    .replace(structure, "\\");
}

/** The same for a name, which stands in bold or in a heading; without an end that closes a sentence. */
export function plainName(text: string): string {
  return outsideCode(plainLine(text), (part) => part.replaceAll("*", ""))
    .trim()
    .replace(/[.:;,]+$/u, "")
    .trim();
}
