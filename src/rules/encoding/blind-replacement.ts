import { defineRule, type Rule } from "../rule.ts";

/** A replace of one piece of text by another that ran over whole words. */
interface BlindReplacement {
  readonly was: string;
  readonly became: string;
  /** Words it is known to have hit, as they were. */
  readonly words: readonly string[];
}

// Why: the public template of the framework carries this one; each word listed is restored for certain.
const known: readonly BlindReplacement[] = [
  {
    was: "SEC",
    became: "regulatory",
    words: [
      "SECTION",
      "SECTIONS",
      "SECOND",
      "SECONDS",
      "SECONDARY",
      "SECRET",
      "SECRETS",
      "SECURE",
      "SECURITY",
      "SECTOR",
    ],
  },
];

const restorable: ReadonlyMap<string, string> = new Map(
  known.flatMap(({ was, became, words }) => words.map((word) => [word.replace(was, became), word] as const)),
);

/** Lower-case letters with capitals glued to them. */
const glued = /\b[a-z]{3,}[A-Z]{3,}\b/g;
/** Capitals that are the tail of a word and no abbreviation, as `JSON` in `toJSON` is. */
const tail = /(?:TIONS?|SIONS?|MENTS?|NESS|ABLE)$/;

/** No search-and-replace ran over the middle of words. */
export const blindReplacement: Rule = defineRule({
  code: "encoding/blind-replacement",
  severity: "error",
  title: "Word damaged by a blind replacement",
  summary: "No search-and-replace ran over the middle of a word.",
  needs: [],
  check({ source }, report) {
    for (const match of source.text.matchAll(glued)) {
      const [word] = match;
      const span = { start: match.index, end: match.index + word.length };
      const healed = restorable.get(word);
      if (healed === undefined) {
        if (!tail.test(word)) continue;
        report({ message: `"${word}" looks damaged by a search-and-replace. Write the intended word.`, at: span });
        continue;
      }
      report({
        message: `"${word}" was "${healed}" before a blind replacement. Heal it with check --fix.`,
        at: span,
        cause: `blind-replacement:${word}`,
        fix: { title: `Restore "${healed}"`, edits: [{ ...span, text: healed, expected: word }] },
      });
    }
  },
});
