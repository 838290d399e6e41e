import { defineRule, type Rule } from "../rule.ts";
import { linksWith } from "../trace-links.ts";

/** A tag that was resolved by what is only likely says so. */
export const derived: Rule = defineRule({
  code: "trace/derived",
  severity: "info",
  title: "Tag that was resolved by a derivation",
  summary: "A tag names its element as the document defines it, so that nothing has to be derived.",
  needs: ["trace"],
  check({ trace }, report) {
    if (trace.graph.linksOf(trace.path).length === 0) return "not-applicable";
    for (const link of linksWith(trace, ["derived"]).filter((one) => one.loose === true)) {
      report({
        message: `This was taken for ${link.to} by ${link.derivation ?? "derivation"}. It counts; write the id as it is defined where you want to be sure.`,
        at: link,
        cause: `derived:${link.derivation ?? ""}`,
      });
    }
  },
});
