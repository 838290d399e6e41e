import { findReplacements } from "#profile/blind-replacements";
import { defineRule, type Rule } from "../rule.ts";

/** What every damaged word holds; tried first because it is quick to find that a text has none. */
const seam = /[a-z][A-Z]{3}/;
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
    const certain = findReplacements(source.text);
    for (const { start, end, written, meant } of certain) {
      report({
        message: `"${written}" was "${meant}" before a blind replacement. Heal it with check --fix.`,
        at: { start, end },
        cause: `blind-replacement:${written}`,
        fix: { title: `Restore "${meant}"`, edits: [{ start, end, text: meant, expected: written }] },
      });
    }
    const restored = new Set(certain.map((each) => each.start));
    if (!seam.test(source.text)) return;
    for (const match of source.text.matchAll(glued)) {
      const [word] = match;
      if (restored.has(match.index) || !tail.test(word)) continue;
      const span = { start: match.index, end: match.index + word.length };
      report({ message: `"${word}" looks damaged by a search-and-replace. Write the intended word.`, at: span });
    }
  },
});
