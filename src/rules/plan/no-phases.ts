import { defineRule, type Rule } from "../rule.ts";

/** The task list has phases. */
export const noPhases: Rule = defineRule({
  code: "plan/no-phases",
  severity: "error",
  title: "No phases",
  summary: "The task list of a plan has at least one phase.",
  needs: ["plan"],
  check({ plan }, report) {
    if (plan.phases.length > 0) return;
    const heading = plan.sections.find((section) => section.name === "task-list")?.heading;
    report({
      message: "No phase was found. Under Task List write ### Phase 1: Name (8 hours) and the tasks of the phase.",
      at: heading ?? plan.title?.range ?? { start: 0, end: 0 },
    });
  },
});
