import type { Range } from "#model/source";
import type { StepUnit } from "#model/understanding";

/** A need that cannot be met, at the step that names it. */
export interface ScheduleProblem {
  readonly message: string;
  readonly range: Range;
}

/** Steps in the order they run, and what was wrong with their needs. */
export interface Schedule {
  readonly ordered: readonly StepUnit[];
  readonly problems: readonly ScheduleProblem[];
}

/**
 * Document order, with each step moved behind what it `needs` (a step's key, number or annotated id, or a task, which stands for the
 * steps tied to it). A need that names nothing, and a circle of needs, is a problem; those steps stay where they stand.
 */
export function orderSteps(steps: readonly StepUnit[]): Schedule {
  if (steps.every(({ needs }) => needs.length === 0)) return { ordered: steps, problems: [] };
  const problems: ScheduleProblem[] = [];
  const names = namesOf(steps);
  const needs = new Map(steps.map((step) => [step, needsOf(step, names, problems)]));
  const ordered: StepUnit[] = [];
  const state = new Map<StepUnit, "open" | "done">();
  for (const step of steps) place(step, needs, state, ordered, problems);
  return { ordered, problems };
}

function namesOf(steps: readonly StepUnit[]): ReadonlyMap<string, ReadonlySet<StepUnit>> {
  const names = new Map<string, Set<StepUnit>>();
  for (const step of steps) {
    const own = [step.key, step.key.replace(/^step:/, ""), step.number, ...step.ties.flatMap((tie) => tie.task ?? [])];
    for (const name of own) names.set(name, (names.get(name) ?? new Set()).add(step));
  }
  return names;
}

function needsOf(
  step: StepUnit,
  names: ReadonlyMap<string, ReadonlySet<StepUnit>>,
  problems: ScheduleProblem[],
): readonly StepUnit[] {
  return step.needs.flatMap((name) => {
    const found = names.get(name);
    if (found === undefined)
      problems.push({ message: `needs=${name} names no step or task of this plan`, range: step.step.head });
    return [...(found ?? [])].filter((other) => other !== step);
  });
}

/** Depth first without recursion: a plan may chain thousands of steps. */
function place(
  first: StepUnit,
  needs: ReadonlyMap<StepUnit, readonly StepUnit[]>,
  state: Map<StepUnit, "open" | "done">,
  ordered: StepUnit[],
  problems: ScheduleProblem[],
): void {
  const stack: { readonly step: StepUnit; next: number }[] = [{ step: first, next: 0 }];
  while (stack.length > 0) {
    const top = stack.at(-1);
    if (top === undefined) return;
    if (top.next === 0 && state.get(top.step) === "done") {
      stack.pop();
      continue;
    }
    state.set(top.step, state.get(top.step) ?? "open");
    const need = needs.get(top.step)?.[top.next];
    top.next += 1;
    if (need === undefined) {
      stack.pop();
      state.set(top.step, "done");
      ordered.push(top.step);
    } else if (state.get(need) === "open") {
      problems.push({
        message: `Step ${top.step.number} and Step ${need.number} need each other`,
        range: top.step.step.head,
      });
    } else if (state.get(need) === undefined) {
      stack.push({ step: need, next: 0 });
    }
  }
}
