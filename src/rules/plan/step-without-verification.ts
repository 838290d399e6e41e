import type { StepUnit } from "#model/understanding";
import { defineRule, type Rule } from "../rule.ts";

/** Something about a step can fail. */
export const stepWithoutVerification: Rule = defineRule({
  code: "plan/step-without-verification",
  severity: "warning",
  title: "Step without verification",
  summary: "A step that does something has a verification, a recognised check or an outcome the tool can check.",
  needs: ["understood"],
  check({ understood }, report) {
    const acting = understood.steps.filter((unit) => unit.blocks.length > 0);
    if (acting.length === 0) return "not-applicable";
    for (const unit of acting.filter((one) => !isProvable(one))) {
      report({
        message: `Nothing shows that step ${unit.number} worked. Add Verification: and a bash fence that fails when it did not.`,
        at: unit.step.head,
      });
    }
  },
});

function isProvable(unit: StepUnit): boolean {
  return (
    // Why: what a block proves takes long to tell, and most steps have a verification.
    unit.blocks.some((one) => one.role === "verification") ||
    unit.blocks.some((one) => (one.vacuity?.recognised.length ?? 0) > 0) ||
    unit.outcomes.some((outcome) => outcome.claims.length > 0)
  );
}
