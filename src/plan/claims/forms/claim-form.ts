import type { Claim, ClaimOf } from "#model/claim";

/** How claims of one kind are read and written in annotations. */
export interface ClaimForm<K extends Claim["kind"]> {
  /** Words such a claim begins with. */
  readonly words: readonly string[];
  /** What it looks like, for messages. */
  readonly example: string;
  /** Reads what stands behind the word; a text says what is wrong. */
  read(rest: string, word: string): ClaimOf<K> | string;
  write(claim: ClaimOf<K>): string;
}

/** The text between quotes, or the text itself when it has none. */
export function unquoted(text: string): string {
  return /^(["'])([^]*)\1$/.exec(text)?.[2] ?? text;
}

/** Puts a text between quotes that it does not hold. */
export function quoted(text: string): string {
  const quote = text.includes('"') ? "'" : '"';
  return `${quote}${text}${quote}`;
}

/** Puts a text between quotes when it could not be read without. */
export function quotedIfNeeded(text: string): string {
  return text === "" || /[\s;"']/.test(text) ? quoted(text) : text;
}

/** Words of a text; what stands between quotes is one word, without them. */
export function wordsOf(text: string): readonly string[] {
  return [...text.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map(
    ([, double, single, bare]) => double ?? single ?? bare ?? "",
  );
}
