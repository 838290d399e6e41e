import type { Span } from "#model/source";

/** A word that a blind replacement damaged, and the word it was. */
export interface Replacement extends Span {
  readonly written: string;
  readonly meant: string;
}

/** A replacement that once went through words: `part` became `by`. Only the listed words are certain. */
interface BlindReplacement {
  /** What was replaced. */
  readonly part: string;
  readonly by: string;
  readonly words: readonly string[];
}

/** Blind replacements seen in documents. Words that might have begun with a capital are left out: their case is lost. */
const blindReplacements: readonly BlindReplacement[] = [
  {
    part: "SEC",
    by: "regulatory",
    words: wordsIn(
      "SECTION SECTIONS SUBSECTION SUBSECTIONS SECURITY SECURITIES SECURE SECURED INSECURE SECRET SECRETS SECOND SECONDS " +
        "SECONDARY MILLISECOND MILLISECONDS SECTOR SECTORS",
    ),
  },
  {
    part: "sec",
    by: "regulatory",
    words: wordsIn(
      "consecutive consecutively millisecond milliseconds microsecond microseconds nanoseconds subsection subsections " +
        "intersection intersections insecure infosec Infosec",
    ),
  },
];

function wordsIn(text: string): readonly string[] {
  return text.split(" ");
}

const originals: ReadonlyMap<string, string> = new Map(
  blindReplacements.flatMap(({ part, by, words }) => words.map((word) => [word.replace(part, by), word] as const)),
);
const suspects: readonly string[] = [...new Set(blindReplacements.map(({ by }) => by))];

/** Finds words damaged by a blind replacement where the original is certain, in order. */
export function findReplacements(text: string): readonly Replacement[] {
  const found: Replacement[] = [];
  for (const suspect of suspects) {
    for (let at = text.indexOf(suspect); at >= 0; at = text.indexOf(suspect, at + suspect.length)) {
      const start = wordStart(text, at);
      const end = wordEnd(text, at + suspect.length);
      const written = text.slice(start, end);
      const meant = originals.get(written);
      if (meant !== undefined) found.push({ start, end, written, meant });
    }
  }
  return found.sort((a, b) => a.start - b.start);
}

const longestPart = 24;

function wordStart(text: string, at: number): number {
  let start = at;
  while (start > 0 && at - start < longestPart && isWordLetter(text.charCodeAt(start - 1))) start--;
  return start;
}

function wordEnd(text: string, at: number): number {
  let end = at;
  while (end < text.length && end - at < longestPart && isWordLetter(text.charCodeAt(end))) end++;
  return end;
}

function isWordLetter(unit: number): boolean {
  return (unit >= 65 && unit <= 90) || (unit >= 97 && unit <= 122);
}
