import { defineRule, type Rule } from "../rule.ts";

/** A task has a box the tool can tick. */
export const taskWithoutBox: Rule = defineRule({
  code: "plan/task-without-box",
  severity: "warning",
  title: "Task without box",
  summary: "Every task has a box that is ticked when the task is proved.",
  needs: ["plan"],
  check({ plan }, report) {
    const tasks = plan.phases.flatMap((phase) => phase.tasks.map((task) => ({ phase, task })));
    if (tasks.length === 0) return "not-applicable";
    for (const { phase, task } of tasks.filter((one) => one.task.box === undefined)) {
      report({
        message: `${task.id} has no box, so nothing can be ticked when it is done. Write - [ ] **${task.id}**: ….`,
        at: task.nameRange,
        cause: `task-without-box:${phase.number}`,
      });
    }
  },
});
