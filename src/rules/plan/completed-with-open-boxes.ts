import type { Phase, Task } from "#model/plan";
import { defineRule, type Rule } from "../rule.ts";

/** What is called completed has no open box. */
export const completedWithOpenBoxes: Rule = defineRule({
  code: "plan/completed-with-open-boxes",
  severity: "error",
  title: "Completed with open boxes",
  summary: "A plan or phase called completed has no open box left.",
  needs: ["plan"],
  check({ plan, document }, report) {
    const status = plan.control?.status;
    const open = plan.phases.flatMap(openTasks);
    if (status?.value === "completed" && open.length > 0) {
      report({
        message: `The status is ${status.raw}, but ${tasks(open)} still open: ${names(open)}. Finish them, or set the status back.`,
        at: status.range,
        related: open.slice(0, 5).map((task) => ({ path: document.path, range: task.nameRange, message: "Open" })),
      });
      return;
    }
    for (const phase of plan.phases) {
      const left = openTasks(phase);
      if (phase.status?.value !== "completed" || left.length === 0) continue;
      report({
        message: `Phase ${phase.number} is called completed, but ${tasks(left)} still open: ${names(left)}. Finish them, or set the phase back.`,
        at: phase.status.range,
      });
    }
  },
});

function openTasks(phase: Phase): readonly Task[] {
  return phase.tasks.filter((task) => task.box !== undefined && !task.box.ticked);
}

function tasks(open: readonly Task[]): string {
  return open.length === 1 ? "1 task is" : `${open.length} tasks are`;
}

function names(open: readonly Task[]): string {
  const shown = open.slice(0, 5).map((task) => task.id);
  return open.length > shown.length ? `${shown.join(", ")}, …` : shown.join(", ");
}
