import { defineRule, type Rule } from "../rule.ts";
import { linksWith } from "../trace-links.ts";

const mostNamed = 4;

/** A tag leads to one element, not to several. */
export const ambiguous: Rule = defineRule({
  code: "trace/ambiguous",
  severity: "warning",
  title: "Tag that may mean several elements",
  summary: "A tag leads to one element; what fits several is written as one of them.",
  needs: ["trace"],
  check({ trace }, report) {
    if (trace.graph.linksOf(trace.path).length === 0) return "not-applicable";
    for (const link of linksWith(trace, ["ambiguous"])) {
      const candidates = link.candidates ?? [];
      const named = candidates.slice(0, mostNamed).join(", ");
      const more = candidates.length > mostNamed ? " and others" : "";
      report({
        message: `${link.to} may be ${named}${more}${link.derivation === undefined ? "" : ` (${link.derivation})`}. Write the one that is meant.`,
        at: link,
      });
    }
  },
});
