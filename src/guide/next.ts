import type { Verdict } from "#model/run";
import type {
  PlanStanding,
  StepUnit,
  TaskUnit,
  UnderstoodOutcome,
  UnderstoodPlan,
  UnitStanding,
} from "#model/understanding";

/** The one thing to do now. */
export type NextUnit =
  | { readonly kind: "step"; readonly step: StepUnit; readonly standing: UnitStanding }
  | { readonly kind: "task"; readonly task: TaskUnit; readonly standing: UnitStanding }
  | {
      readonly kind: "signature";
      readonly title: string;
      readonly key: string;
      readonly standing: UnitStanding;
      readonly more: number;
    };

/** Verdicts of a step that leave nothing to do in it now. */
const settled: ReadonlySet<Verdict> = new Set(["verified", "skipped", "manual"]);

/** The first unit of a plan that is not done: steps in order, then tasks without proof of their own, then signatures. Undefined when all is done. */
export function nextUnit(understood: UnderstoodPlan, standing: PlanStanding): NextUnit | undefined {
  return nextStep(understood, standing) ?? nextTask(understood, standing) ?? nextSignature(understood, standing);
}

function nextStep(understood: UnderstoodPlan, standing: PlanStanding): NextUnit | undefined {
  const open = understood.steps.flatMap((step) => {
    const found = standing.steps.get(step.key);
    return found === undefined || settled.has(found.verdict) ? [] : [{ kind: "step" as const, step, standing: found }];
  });
  // Why: a run goes past what nothing can prove, so what is still to do comes before it.
  return open.find((unit) => unit.standing.verdict !== "unverifiable") ?? open[0];
}

function nextTask(understood: UnderstoodPlan, standing: PlanStanding): NextUnit | undefined {
  for (const phase of understood.phases) {
    for (const task of phase.tasks) {
      const found = standing.tasks.get(task.key);
      if (found !== undefined && ["handoff", "pending", "failed", "stale"].includes(found.verdict)) {
        return { kind: "task", task, standing: found };
      }
    }
  }
  return undefined;
}

function nextSignature(understood: UnderstoodPlan, standing: PlanStanding): NextUnit | undefined {
  const waiting = signatures(understood, standing);
  const first = waiting[0];
  return first === undefined ? undefined : { kind: "signature", ...first, more: waiting.length - 1 };
}

/** Everything that waits for a person's signature, in document order. */
export function signatures(
  understood: UnderstoodPlan,
  standing: PlanStanding,
): readonly { readonly key: string; readonly title: string; readonly standing: UnitStanding }[] {
  const outcomes: UnderstoodOutcome[] = [...understood.steps.flatMap((step) => step.outcomes), ...understood.items];
  const tasks = understood.phases.flatMap((phase) => phase.tasks);
  return [
    ...understood.steps.map((step) => ({
      key: step.key,
      title: `Step ${step.number}: ${step.title}`,
      standing: standing.steps.get(step.key),
    })),
    ...tasks.map((task) => ({
      key: task.key,
      title: `${task.id}: ${task.task.name}`,
      standing: standing.tasks.get(task.key),
    })),
    ...outcomes.map((item) => ({ key: item.key, title: item.text, standing: standing.items.get(item.key) })),
  ].flatMap(({ key, title, standing: found }) =>
    found?.verdict === "manual" ? [{ key, title, standing: found }] : [],
  );
}
