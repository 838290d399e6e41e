import { defineRule, type Rule } from "../rule.ts";

/** A document can be read. */
export const unreadable: Rule = defineRule({
  code: "document/unreadable",
  severity: "error",
  title: "Unreadable document",
  summary: "A document can be read and is not too large to be read.",
  needs: [],
  voids: true,
  check({ document }, report) {
    if (document.unread === undefined) return;
    report({ message: `The document was not read. ${document.unread}`, at: { start: 0, end: 0 } });
  },
});
