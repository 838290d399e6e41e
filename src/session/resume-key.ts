import { nextUnit, type Withheld } from "#guide/next";
import type { PlanView } from "./plan-view.ts";

/**
 * Key of the task at which the work on a plan goes on: the one of the unit that `next` would name. Undefined when no task is of it;
 * then the mark stands at the first task that is not done.
 */
export function resumeKey({ understood, standing }: PlanView, withheld: Withheld): string | undefined {
  const unit = nextUnit(understood, standing, withheld);
  if (unit === undefined || unit.kind === "signature") return undefined;
  if (unit.kind === "task") return unit.task.key;
  const tied = new Set(unit.step.ties.map(({ task }) => task));
  const tasks = understood.phases.flatMap((phase) => phase.tasks).filter(({ id }) => tied.has(id));
  return tasks.find(({ key }) => standing.tasks.get(key)?.verdict !== "verified")?.key;
}
