import { defineRule, type Rule } from "../rule.ts";

/** A document says something. */
export const empty: Rule = defineRule({
  code: "document/empty",
  severity: "error",
  title: "Empty document",
  summary: "A document has text.",
  needs: [],
  voids: true,
  check({ source, document, config }, report) {
    // Why: a configuration without a word has all defaults, and what could not be read is told as that.
    if (config !== undefined || document.unread !== undefined) return "not-applicable";
    if (document.size > 0 && source.size === 0) return "not-applicable";
    if (/[^\s\uFEFF]/u.test(source.text)) return;
    report({ message: "The document is empty. Write it, or remove the file.", at: { start: 0, end: 0 } });
  },
});
