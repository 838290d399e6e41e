import { asText, onOneLine } from "../one-line.ts";
import { outsideCode } from "./source-lines.ts";

/**
 * A text of another tool as one line of our document. What it holds stays text: no fence that runs, no annotation, no heading, no box and
 * no tag comes of it.
 */
export function plainLine(text: string): string {
  return asText(outsideCode(onOneLine(text), (part) => part.replaceAll("**", "")));
}

/** The same for a name, which stands in bold or in a heading; without an end that closes a sentence. */
export function plainName(text: string): string {
  return outsideCode(plainLine(text), (part) => part.replaceAll("*", ""))
    .trim()
    .replace(/[.:;,]+$/u, "")
    .trim();
}
