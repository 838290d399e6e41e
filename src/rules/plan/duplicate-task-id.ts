import type { Task } from "#model/plan";
import { defineRule, type Rule } from "../rule.ts";

/** A task id is given once. */
export const duplicateTaskId: Rule = defineRule({
  code: "plan/duplicate-task-id",
  severity: "error",
  title: "Duplicate task id",
  summary: "Each task id stands for one task.",
  needs: ["plan"],
  check({ plan, document }, report) {
    const tasks = plan.phases.flatMap((phase) => phase.tasks).filter((task) => task.hasId);
    if (tasks.length === 0) return "not-applicable";
    const seen = new Map<string, Task>();
    for (const task of tasks) {
      const first = seen.get(task.id);
      if (first === undefined) {
        seen.set(task.id, task);
        continue;
      }
      report({
        message: `${task.id} is already the task on line ${first.nameRange.start.line}. Give this one a number of its own.`,
        at: task.nameRange,
        related: [{ path: document.path, range: first.nameRange, message: `First ${task.id}` }],
      });
    }
  },
});
