import { asText, onOneLine } from "../one-line.ts";

/**
 * A text of another document as it may stand in a plan: links that lead elsewhere from here are left as their words, and what it holds
 * stays text, so that no fence, annotation, heading or box comes of it.
 */
export function carried(text: string): string {
  const line = onOneLine(text);
  return asText(line.replace(/\[([^\][\n]{1,200})\]\((?![a-z][a-z0-9+.-]*:)[^()\s]{1,400}\)/giu, "$1"));
}

/** True for a line that may be carried: one with a tag would be a tag of the plan. */
export function isCarried(text: string): boolean {
  return !/(?:^|[\s`(])@[a-z][\w-]*:/u.test(text);
}

/** A text as the content of a table's cell. */
export function cell(text: string | undefined): string {
  return onOneLine(text ?? "")
    .replace(/\\?\|/gu, "\\|")
    .trim();
}

/** A text in backticks, or as it is where it holds some, and where it is still to be written: nobody looks for that in code. */
export function code(text: string): string {
  const line = onOneLine(text);
  return line.includes("`") || line.startsWith("[") ? line : `\`${line}\``;
}

/** Lines of a list, one mark deeper for each level. */
export function bullets(items: readonly string[], indent = ""): string {
  return items.map((item) => `${indent}- ${item}\n`).join("");
}
