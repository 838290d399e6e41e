/** Counts of one tool, added up while its output is read. */
export interface Tally {
  /** True once the tool's own summary was seen. */
  seen: boolean;
  passed: number;
  failed: number;
  skipped: number;
}

/** How the summary of one test runner is read: line by line, without escape sequences, one character per byte. */
export interface SummaryShape {
  readonly tool: string;
  /** Lines without any of these words are never shown to `read`. */
  readonly words: readonly string[];
  read(line: string, tally: Tally): void;
}

/** Adds `12 passed, 1 failed`-like counts of a text to the tally; words map to what they count. */
export function addCounts(
  text: string,
  meanings: Readonly<Record<string, keyof Omit<Tally, "seen">>>,
  tally: Tally,
): void {
  for (const [, count, word] of text.matchAll(/(\d{1,9}) ([a-z]+)/g)) {
    const meaning = meanings[word ?? ""];
    if (meaning !== undefined) tally[meaning] += Number(count);
  }
  tally.seen = true;
}
