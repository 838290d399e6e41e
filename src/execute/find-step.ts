import { IplanError } from "#model/errors";
import type { StepUnit, UnderstoodPlan } from "#model/understanding";

/** The step a user named by key, number, `Step N` or annotated id. Throws IplanError `usage/no-such-step`. */
export function findStep(plan: UnderstoodPlan, name: string): StepUnit {
  const wanted = name.trim().replace(/^step[ :]/i, "");
  const step =
    plan.steps.find((each) => each.key === name || each.key === `step:${wanted}`) ??
    plan.steps.find((each) => each.number === wanted);
  if (step !== undefined) return step;
  const known = plan.steps.map((each) => each.number).join(", ");
  throw new IplanError("usage/no-such-step", `${plan.id} has no step ${name}`, `Name one of its steps: ${known}`);
}
