import { defineRule, type Rule } from "../rule.ts";

/** Every code fence ends. */
export const unclosedFence: Rule = defineRule({
  code: "document/unclosed-fence",
  severity: "error",
  title: "Unclosed fence",
  summary: "Every code fence is closed; an open one swallows the rest of the document.",
  needs: [],
  check({ markdown, plan }, report) {
    const fences = plan?.blocks ?? markdown?.fences;
    if (fences === undefined) return "not-applicable";
    for (const fence of fences.filter((one) => !one.closed)) {
      const { start } = fence.range;
      report({
        message: "This fence is never closed, so everything below is read as code. Close it with the same marker.",
        at: { start: start.offset, end: start.offset + 3 },
      });
    }
  },
});
