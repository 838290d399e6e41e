import { defineRule, type Rule } from "../rule.ts";

/** A step has something that can be run. */
export const stepWithoutCommand: Rule = defineRule({
  code: "plan/step-without-command",
  severity: "warning",
  title: "Step without command",
  summary: "A step has a block that runs; one of prose alone is handed to a person and proves nothing.",
  needs: ["understood"],
  check({ understood }, report) {
    if (understood.steps.length === 0) return "not-applicable";
    for (const unit of understood.steps.filter((one) => one.blocks.length === 0)) {
      const why = unit.others.length === 0 ? "only prose" : "no block that runs";
      report({
        message: `Step ${unit.number} has ${why}, so a person must do it and sign for it. Add a bash fence with a verification of what must be true afterwards.`,
        at: unit.step.head,
      });
    }
  },
});
