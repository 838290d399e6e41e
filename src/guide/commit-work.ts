import type { PlanStanding, StepUnit, TaskUnit, UnderstoodPlan, UnitStanding } from "#model/understanding";
import { onlyCommits } from "#plan/commit-steps";

/** The parts of a plan whose work is to commit: they cannot be done before the commit, so the commit does not wait for them. */
export interface CommitWork {
  readonly steps: readonly StepUnit[];
  readonly tasks: readonly TaskUnit[];
  /** Keys of those steps, tasks and the outcomes of those steps. */
  readonly keys: ReadonlySet<string>;
}

const taskName = /^(?:(?:create|make|do|final|clean|git|the|a|one)\s+)*commit\b/i;

/** Finds the steps that only commit, and the tasks that only such steps prove or that say so by their name. */
export function commitWork({ steps, phases }: UnderstoodPlan): CommitWork {
  const own = steps.filter(onlyCommits);
  const ownKeys = new Set(own.map((step) => step.key));
  const tasks = phases.flatMap((phase) => phase.tasks).filter((task) => isCommitTask(task, ownKeys));
  const outcomes = own.flatMap((step) => step.outcomes);
  return { steps: own, tasks, keys: new Set([...own, ...tasks, ...outcomes].map(({ key }) => key)) };
}

function isCommitTask({ steps, blocks, verify, task }: TaskUnit, commitSteps: ReadonlySet<string>): boolean {
  if (steps.length > 0) return steps.every((key) => commitSteps.has(key));
  return blocks.length === 0 && verify.every((outcome) => outcome.claims.length === 0) && taskName.test(task.name);
}

/** Units that the commit itself satisfies, with what they rest on: those for which nothing of the plan asks afterwards. */
export function satisfiedBy({ steps, tasks }: CommitWork, standing: PlanStanding): Readonly<Record<string, string>> {
  const unasked = steps.filter(
    ({ blocks, outcomes }) =>
      blocks.every((block) => block.role !== "verification") && outcomes.every(({ claims }) => claims.length === 0),
  );
  const alone = tasks.filter((task) => task.steps.length === 0);
  const open = (found: UnitStanding | undefined): boolean => found?.verdict !== "verified";
  return Object.fromEntries([
    ...unasked.filter(({ key }) => open(standing.steps.get(key))).map(({ key, subject }) => [key, subject]),
    ...alone.filter(({ key }) => open(standing.tasks.get(key))).map(({ key, subject }) => [key, subject]),
  ]);
}
