import type { Effort } from "#model/plan-text";
import type { Verdict } from "#model/run";
import type { PhaseUnit, PlanStanding, TaskUnit, UnderstoodPlan } from "#model/understanding";

/** Estimate and time of one part of a plan. */
export interface EffortRow {
  readonly key: string;
  readonly name: string;
  readonly verdict: Verdict;
  readonly estimated?: Effort;
  /** Milliseconds in which it was worked on; waiting is no part of it. */
  readonly activeMs: number;
  /** (actual − estimated) / estimated, by the middle of a range; only of what is verified and was worked on. */
  readonly deviation?: number;
}

/** Estimate and time of a plan with its phases and tasks. */
export interface PlanEffort extends EffortRow {
  readonly complexity?: number;
  /** What the document says itself. */
  readonly written?: Effort;
  readonly phases: readonly (EffortRow & { readonly tasks: readonly EffortRow[] })[];
}

/** How estimates of one complexity turned out, over all plans that are verified and have both. */
export interface CalibrationRow {
  /** 1 to 5; absent for plans that do not say. */
  readonly complexity?: number;
  readonly plans: number;
  readonly estimatedHours: number;
  readonly activeHours: number;
  /** Active time over estimate. */
  readonly ratio: number;
}

const hourMs = 3_600_000;

/** Hours of an estimate, by the middle of a range. */
export function middleHours({ minHours, maxHours }: Effort): number {
  return (minHours + maxHours) / 2;
}

/** Estimate and time of every phase and task. The time of a step that serves several is shared by them evenly. */
export function planEffort(
  { plan, id, steps, phases }: UnderstoodPlan,
  standing: PlanStanding,
  active: ReadonlyMap<string, number>,
): PlanEffort {
  const allTasks = phases.flatMap((phase) => phase.tasks);
  const shareOf = (parts: readonly { readonly steps: readonly string[] }[]) => (key: string) =>
    (active.get(key) ?? 0) / Math.max(1, parts.filter((part) => part.steps.includes(key)).length);
  const [ofTasks, ofPhases] = [shareOf(allTasks), shareOf(phases)];
  const taskRow = (task: TaskUnit): EffortRow => {
    const ms = Math.max(active.get(task.key) ?? 0, sum(task.steps.map(ofTasks)));
    return rowOf(task.key, task.task.name, standing.tasks.get(task.key)?.verdict, task.task.hours, ms);
  };
  const phaseRow = (phase: PhaseUnit): PlanEffort["phases"][number] => {
    const tasks = phase.tasks.map(taskRow);
    const ms = sum(phase.steps.map(ofPhases)) + sum(phase.tasks.map((task) => beyondSteps(task, active, ofTasks)));
    const verdict = standing.phases.get(phase.key)?.verdict;
    return { ...rowOf(phase.key, phase.phase.name, verdict, phase.phase.hours ?? estimateOf(tasks), ms), tasks };
  };
  const rows = phases.map(phaseRow);
  const ms =
    sum(steps.map(({ key }) => active.get(key) ?? 0)) + sum(allTasks.map((task) => beyondSteps(task, active, ofTasks)));
  const estimated = plan.control?.estimatedEffort?.value ?? estimateOf(rows);
  const complexity = plan.control?.complexity?.value;
  const written = plan.control?.actualEffort?.value;
  return {
    ...rowOf(id, plan.name ?? id, standing.verdict, estimated, ms),
    ...(complexity === undefined ? {} : { complexity }),
    ...(written === undefined ? {} : { written }),
    phases: rows,
  };
}

/** Why: who takes a task also runs its steps; what counts beside them is the time in which none of them ran. */
function beyondSteps(task: TaskUnit, active: ReadonlyMap<string, number>, shareOf: (key: string) => number): number {
  return Math.max(0, (active.get(task.key) ?? 0) - sum(task.steps.map(shareOf)));
}

function rowOf(
  key: string,
  name: string,
  verdict: Verdict = "pending",
  estimated: Effort | undefined,
  ms: number,
): EffortRow {
  const hours = estimated === undefined ? 0 : middleHours(estimated);
  const activeMs = Math.round(ms);
  const isComparable = verdict === "verified" && hours > 0 && activeMs > 0;
  return {
    key,
    name,
    verdict,
    ...(estimated === undefined ? {} : { estimated }),
    activeMs,
    ...(isComparable ? { deviation: (activeMs / hourMs - hours) / hours } : {}),
  };
}

function estimateOf(rows: readonly EffortRow[]): Effort | undefined {
  const known = rows.flatMap(({ estimated }) => estimated ?? []);
  if (known.length === 0) return undefined;
  return {
    minHours: sum(known.map(({ minHours }) => minHours)),
    maxHours: sum(known.map(({ maxHours }) => maxHours)),
  };
}

/** How estimates turned out by complexity, least first; plans that are not verified, or lack one of the two, say nothing. */
export function calibration(plans: readonly PlanEffort[]): readonly CalibrationRow[] {
  const groups = new Map<number | undefined, PlanEffort[]>();
  for (const plan of plans) {
    if (plan.deviation === undefined) continue;
    const group = groups.get(plan.complexity);
    if (group === undefined) groups.set(plan.complexity, [plan]);
    else group.push(plan);
  }
  return [...groups]
    .sort(([a], [b]) => (a ?? 0) - (b ?? 0))
    .map(([complexity, group]) => {
      const estimatedHours = sum(group.map(({ estimated }) => (estimated === undefined ? 0 : middleHours(estimated))));
      const activeHours = sum(group.map(({ activeMs }) => activeMs / hourMs));
      const ratio = activeHours / estimatedHours;
      return {
        ...(complexity === undefined ? {} : { complexity }),
        plans: group.length,
        estimatedHours,
        activeHours,
        ratio,
      };
    });
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}
