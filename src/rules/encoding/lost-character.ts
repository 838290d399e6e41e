import { defineRule, type Rule } from "../rule.ts";

/** No replacement character stands where a character was lost. */
export const lostCharacter: Rule = defineRule({
  code: "encoding/lost-character",
  severity: "warning",
  title: "Lost character",
  summary: "No U+FFFD stands where a character was lost in an earlier conversion.",
  needs: [],
  check({ source }, report) {
    const undecodable = new Set(source.undecodable);
    for (let at = source.text.indexOf("\uFFFD"); at >= 0; at = source.text.indexOf("\uFFFD", at + 1)) {
      if (undecodable.has(at)) continue;
      report({
        message: "A character was lost here (U+FFFD). Write the intended character again.",
        at: { start: at, end: at + 1 },
        cause: "lost-character",
      });
    }
  },
});
