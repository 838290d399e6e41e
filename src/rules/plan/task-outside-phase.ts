import { defineRule, type Rule } from "../rule.ts";

/** A task's number begins with that of its phase. */
export const taskOutsidePhase: Rule = defineRule({
  code: "plan/task-outside-phase",
  severity: "warning",
  title: "Task number of another phase",
  summary: "The number of a task begins with the number of the phase it stands in.",
  needs: ["plan"],
  check({ plan }, report) {
    const numbered = plan.phases.flatMap((phase) =>
      phase.tasks.filter((task) => task.hasId).map((task) => ({ phase, task, number: task.id.replace(/^[^\d]*/, "") })),
    );
    if (numbered.length === 0) return "not-applicable";
    for (const { phase, task, number } of numbered) {
      if (!number.includes(".") || number.startsWith(`${phase.number}.`)) continue;
      report({
        message: `${task.id} stands in phase ${phase.number}. Renumber it, or move it to its phase.`,
        at: task.nameRange,
      });
    }
  },
});
