import { defineRule, type Rule } from "../rule.ts";

/** Every line of a receipt can be read. */
export const damagedReceipt: Rule = defineRule({
  code: "evidence/damaged-receipt",
  severity: "error",
  title: "Damaged receipt",
  summary: "Every line of a receipt can be read.",
  needs: ["plan", "receipt"],
  check({ plan, receipt }, report) {
    if (!receipt.present) return "not-applicable";
    for (const problem of receipt.problems) {
      report({
        message: `${receipt.path}:${problem.line} cannot be read: ${problem.message}. Restore the file from git, or write it anew with iplan verify.`,
        at: plan.title?.range ?? { start: 0, end: 0 },
      });
    }
  },
});
