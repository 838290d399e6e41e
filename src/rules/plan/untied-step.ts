import { defineRule, type Rule } from "../rule.ts";

/** Every step belongs to a phase or task. */
export const untiedStep: Rule = defineRule({
  code: "plan/untied-step",
  severity: "warning",
  title: "Step tied to nothing",
  summary: "Every step is tied to a phase or task, so that its verdict counts somewhere.",
  needs: ["understood"],
  check({ understood }, report) {
    if (understood.steps.length === 0 || understood.phases.length === 0) return "not-applicable";
    for (const unit of understood.steps.filter((one) => one.ties.length === 0)) {
      report({
        message: `Step ${unit.number} is tied to no phase or task. Name one in its title, or put <!-- iplan: task=TASK-1.1 --> before its block.`,
        at: unit.step.head,
      });
    }
  },
});
