import { IplanError } from "#model/errors";
import type { StepUnit, UnderstoodPlan } from "#model/understanding";
import { findStep } from "./find-step.ts";
import type { RunOptions } from "./run-options.ts";

/** Throws IplanError `run/nothing-to-run` for a plan without steps. */
export function refuseEmpty(plan: UnderstoodPlan): void {
  if (plan.steps.length > 0) return;
  throw new IplanError(
    "run/nothing-to-run",
    `${plan.id} has no execution step`,
    `Write one under "Execution Steps"; how the document was understood: iplan show ${plan.id} --explain`,
  );
}

/** The steps a run is asked for, in the order they run. Throws IplanError `usage/no-such-step` or `usage/arguments`. */
export function selectSteps(plan: UnderstoodPlan, options: RunOptions): readonly StepUnit[] {
  if (options.only !== undefined) {
    if (options.from !== undefined || options.until !== undefined) {
      throw new IplanError("usage/arguments", "--only goes without --from and --until", "Leave one of them out.");
    }
    return [findStep(plan, options.only)];
  }
  const from = options.from === undefined ? 0 : plan.steps.indexOf(findStep(plan, options.from));
  const last = options.until === undefined ? plan.steps.length - 1 : plan.steps.indexOf(findStep(plan, options.until));
  if (from > last) {
    throw new IplanError("usage/arguments", `step ${options.from} comes after step ${options.until}`, "Swap them.");
  }
  return plan.steps.slice(from, last + 1);
}

/** True when a run is asked for the whole plan. */
export function isWhole(plan: UnderstoodPlan, steps: readonly StepUnit[]): boolean {
  return steps.length === plan.steps.length;
}
