import { defineRule, type Rule } from "../rule.ts";
import { didYouMean, documentIn, linksWith } from "../trace-links.ts";

/** Every element a tag names is defined in the document it names. */
export const elementMissing: Rule = defineRule({
  code: "trace/element-missing",
  severity: "error",
  title: "Tag that leads to no element",
  summary: "Every element that a tag names is defined in the document that the tag names.",
  needs: ["trace"],
  check({ trace }, report) {
    if (trace.graph.linksOf(trace.path).length === 0) return "not-applicable";
    for (const link of linksWith(trace, ["missing"])) {
      const id = documentIn(link.to);
      if (link.to === id || trace.graph.find(id) === undefined) continue;
      const element = link.to.slice(id.length + 1);
      const cure = didYouMean(trace.graph, link) || " Name an element that it defines, or define this one.";
      report({
        message: `${id} defines no ${element}.${cure}`,
        at: link,
        cause: `element-missing:${link.to}`,
      });
    }
  },
});
