import type { Plan } from "#model/plan";

/** True when a plan says of itself that it is completed. */
export function isCalledDone(plan: Plan): boolean {
  return plan.control?.status?.value === "completed";
}
