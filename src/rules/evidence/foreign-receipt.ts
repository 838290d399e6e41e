import { unitsOf } from "../receipt-units.ts";
import { defineRule, type Rule } from "../rule.ts";

/** The receipt beside a plan is the plan's own. */
export const foreignReceipt: Rule = defineRule({
  code: "evidence/foreign-receipt",
  severity: "error",
  title: "Receipt of another plan",
  summary: "The receipt beside a plan speaks of that plan's steps and tasks.",
  needs: ["understood", "receipt"],
  check({ understood, receipt }, report) {
    const lines = receipt.lines.filter((line) => line.kind === "step" || line.kind === "task");
    if (lines.length === 0) return "not-applicable";
    const subjects = new Set(unitsOf(understood).map((unit) => unit.subject));
    const keys = new Set(unitsOf(understood).map((unit) => unit.key));
    if (lines.some((line) => keys.has(line.unit) || subjects.has(line.subject))) return;
    report({
      message: `${receipt.path} speaks of no step or task of this plan. Put the plan's own receipt back, or remove the file.`,
      at: understood.plan.title?.range ?? { start: 0, end: 0 },
    });
  },
});
