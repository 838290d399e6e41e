/** A replacement that once went through words: `part` became `by`. Only the listed words are certain. */
export interface BlindReplacement {
  /** What was replaced. */
  readonly part: string;
  readonly by: string;
  readonly words: readonly string[];
}

/** Blind replacements seen in documents. Words that might have begun with a capital are left out: their case is lost. */
export const blindReplacements: readonly BlindReplacement[] = [
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
