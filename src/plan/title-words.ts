import { isBeyondAscii } from "#model/beyond-ascii";

const fillers = new Set([
  "a",
  "an",
  "the",
  "of",
  "and",
  "for",
  "to",
  "with",
  "in",
  "on",
  "all",
  "its",
  "step",
  "phase",
  "task",
]);

/** The words of a title that tell it apart: lower case, plural endings and filling words dropped. */
export function titleWords(title: string): readonly string[] {
  const text = title.toLowerCase();
  const words = text.match(isBeyondAscii(text) ? /[\p{L}\p{N}][\p{L}\p{N}._/-]*/gu : /[a-z0-9][\w./-]*/g);
  return (words ?? [])
    .map((word) => singular(word.replace(/[._/-]+$/, "")))
    .filter((word) => word !== "" && !fillers.has(word));
}

function singular(word: string): string {
  return word.length > 3 && /[^s]s$/.test(word) ? word.slice(0, -1) : word;
}

/** True when all words of the second title stand in the first, and they are at least two. */
export function holdsWords(outer: readonly string[], inner: readonly string[]): boolean {
  return inner.length >= 2 && inner.length <= outer.length && inner.every((word) => outer.includes(word));
}
