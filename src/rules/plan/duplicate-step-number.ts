import type { Step } from "#model/plan";
import { defineRule, type Rule } from "../rule.ts";

/** A step number is given once. */
export const duplicateStepNumber: Rule = defineRule({
  code: "plan/duplicate-step-number",
  severity: "warning",
  title: "Duplicate step number",
  summary: "Each step number stands for one step, so that a step can be named.",
  needs: ["plan"],
  check({ plan, document }, report) {
    if (plan.steps.length === 0) return "not-applicable";
    const seen = new Map<string, Step>();
    for (const step of plan.steps) {
      const first = seen.get(step.number);
      if (first === undefined) {
        seen.set(step.number, step);
        continue;
      }
      report({
        message: `Step ${step.number} already stands on line ${first.head.start.line}. Number the steps so that each can be named.`,
        at: step.head,
        related: [{ path: document.path, range: first.head, message: `First step ${step.number}` }],
      });
    }
  },
});
