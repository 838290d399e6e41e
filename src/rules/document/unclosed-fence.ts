import type { MarkdownFacts } from "../facts.ts";
import { defineRule, type Rule, type RuleContext } from "../rule.ts";

/** Every code fence ends. */
export const unclosedFence: Rule = defineRule({
  code: "document/unclosed-fence",
  severity: "error",
  title: "Unclosed fence",
  summary: "Every code fence is closed; an open one swallows the rest of the document.",
  needs: [],
  check(context, report) {
    const fences = fencesOf(context);
    if (fences === undefined) return "not-applicable";
    for (const { start } of fences.filter((one) => !one.closed)) {
      report({
        message: "This fence is never closed, so everything below is read as code. Close it with the same marker.",
        at: { start, end: start + 3 },
      });
    }
    return undefined;
  },
});

/** Why: the fences of a plan are read with the plan. */
function fencesOf(context: RuleContext): MarkdownFacts["fences"] | undefined {
  const { plan } = context;
  if (plan === undefined) return context.markdown?.fences;
  return plan.blocks.map(({ range, closed }) => ({ start: range.start.offset, end: range.end.offset, closed }));
}
