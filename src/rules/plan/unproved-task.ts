import type { TaskUnit } from "#model/understanding";
import { defineRule, type Rule } from "../rule.ts";

/** Every task has a step that proves it. */
export const unprovedTask: Rule = defineRule({
  code: "plan/unproved-task",
  severity: "warning",
  title: "Task that no step proves",
  summary: "Every task is tied to a step by its id, title or file, or has a verification of its own.",
  needs: ["understood"],
  check({ understood }, report) {
    const tasks = understood.phases.flatMap((phase) => phase.tasks.map((task) => ({ phase, task })));
    if (tasks.length === 0) return "not-applicable";
    for (const { phase, task } of tasks.filter((one) => !isProvable(one.task))) {
      report({
        message: `No step proves ${task.id}, so it stays for a person to sign. Put <!-- iplan: task=${task.id} --> before the block that does${task.task.hasId ? `, or name ${task.id} in its step` : ""}.`,
        at: task.task.nameRange,
        cause: `unproved-task:${phase.number}`,
      });
    }
  },
});

function isProvable(task: TaskUnit): boolean {
  return task.steps.length > 0 || task.blocks.length > 0 || task.verify.some((one) => one.claims.length > 0);
}
