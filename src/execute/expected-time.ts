import type { TookTime } from "#journal/run-state";
import type { StepUnit, UnderstoodPlan } from "#model/understanding";

/** How long a step is expected to take, and who says so. */
export type ExpectedTime =
  | { readonly source: "last-time"; readonly durationMs: number; readonly at: string }
  | {
      readonly source: "plan";
      readonly minHours: number;
      readonly maxHours: number;
      readonly tasks: readonly string[];
    };

/** What the expected times of several steps come to; times that were measured and times that were written are never added up. */
export interface ExpectedWhole {
  readonly lastTime?: { readonly steps: number; readonly durationMs: number };
  readonly plan?: { readonly steps: number; readonly minHours: number; readonly maxHours: number };
  /** Steps of which nothing is known. */
  readonly unknown: number;
}

/** The expected time of a step: as its last successful attempt took, else as the plan says of its tasks; undefined where neither is known. */
export function expectedTime(
  plan: UnderstoodPlan,
  step: StepUnit,
  took: ReadonlyMap<string, TookTime>,
): ExpectedTime | undefined {
  const last = took.get(step.key);
  // Why: how long another text took says nothing of this one.
  if (last?.subject === step.subject) return { source: "last-time", durationMs: last.durationMs, at: last.at };
  return estimated(plan, step);
}

/** Why: an estimate of a task that several steps share, or of one of a step's tasks, is no estimate of the step. */
function estimated(plan: UnderstoodPlan, step: StepUnit): ExpectedTime | undefined {
  const tasks = plan.phases.flatMap((phase) => phase.tasks.filter((task) => task.steps.includes(step.key)));
  const hours = tasks.flatMap((task) => (task.steps.length === 1 && task.task.hours ? [task.task.hours] : []));
  if (hours.length === 0 || hours.length < tasks.length) return undefined;
  return {
    source: "plan",
    minHours: hours.reduce((sum, { minHours }) => sum + minHours, 0),
    maxHours: hours.reduce((sum, { maxHours }) => sum + maxHours, 0),
    tasks: tasks.map((task) => task.id),
  };
}

/** The expected times of all steps that are still to do. */
export function expectedWhole(times: readonly (ExpectedTime | undefined)[]): ExpectedWhole {
  const measured = times.flatMap((time) => (time?.source === "last-time" ? [time] : []));
  const written = times.flatMap((time) => (time?.source === "plan" ? [time] : []));
  return {
    ...(measured.length > 0 && {
      lastTime: { steps: measured.length, durationMs: measured.reduce((sum, time) => sum + time.durationMs, 0) },
    }),
    ...(written.length > 0 && {
      plan: {
        steps: written.length,
        minHours: written.reduce((sum, { minHours }) => sum + minHours, 0),
        maxHours: written.reduce((sum, { maxHours }) => sum + maxHours, 0),
      },
    }),
    unknown: times.filter((time) => time === undefined).length,
  };
}
