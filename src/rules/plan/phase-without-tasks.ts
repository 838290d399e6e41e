import { defineRule, type Rule } from "../rule.ts";

/** Every phase has tasks. */
export const phaseWithoutTasks: Rule = defineRule({
  code: "plan/phase-without-tasks",
  severity: "warning",
  title: "Phase without tasks",
  summary: "Every phase has at least one task.",
  needs: ["plan"],
  check({ plan }, report) {
    if (plan.phases.length === 0) return "not-applicable";
    for (const phase of plan.phases.filter((one) => one.tasks.length === 0)) {
      report({
        message: `Phase ${phase.number} has no task. Add - [ ] **TASK-${phase.number}.1**: what is to be done.`,
        at: phase.heading,
      });
    }
  },
});
