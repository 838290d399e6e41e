import { type ErrorCode, type ExitCode, worstExitCode } from "#model/errors";
import { type Verdict, worstVerdict } from "#model/run";
import type { PlanRecord, PlanStanding, StepUnit, TaskUnit, UnderstoodPlan, UnitStanding } from "#model/understanding";
import { standingOf } from "#plan/standing";
import type { LiveRun } from "./live-run.ts";
import { fileDigest } from "./record-verdict.ts";
import { recordOf } from "./run-record.ts";
import type { StepsEnd } from "./run-steps.ts";

/** One step in the result of a run. */
export interface StepResult {
  readonly unit: string;
  readonly number: string;
  readonly title: string;
  readonly verdict: Verdict;
  readonly reason: string;
  readonly attempts: number;
  readonly durationMs: number;
  readonly evidence: readonly string[];
}

/** An outcome, item or task beside the steps. */
export interface ItemResult {
  readonly unit: string;
  readonly text: string;
  readonly verdict: Verdict;
  readonly reason: string;
}

/** Why a run did not come to its end, and what to do about it. */
export interface RunStop {
  readonly unit: string;
  readonly code?: ErrorCode;
  readonly message: string;
  readonly cure: string;
}

/** What came of a run, as `run --json` shows it. */
export interface RunResult {
  readonly plan: string;
  readonly run: string;
  /** Of what was asked for, the worst. */
  readonly verdict: Verdict;
  readonly steps: readonly StepResult[];
  readonly items: readonly ItemResult[];
  readonly counts: Readonly<Partial<Record<Verdict, number>>>;
  readonly stop?: RunStop;
  readonly exitCode: ExitCode;
  /** Everything that is remembered of the plan now. */
  readonly record: PlanRecord;
}

/** The exit code each verdict leads to, when it is what is left. `pending` and `skipped` are no failure of their own. */
const codes: Readonly<Record<Verdict, ExitCode>> = {
  failed: 1,
  unknown: 7,
  suspect: 1,
  stale: 1,
  unverifiable: 1,
  handoff: 4,
  manual: 4,
  pending: 0,
  skipped: 0,
  verified: 0,
};

/** What a run or verification was asked for. */
export interface Asked {
  readonly steps: readonly StepUnit[];
  readonly tasks: readonly TaskUnit[];
  /** The whole plan. */
  readonly whole: boolean;
}

/** Makes the result of a run and writes its end down, durable when this returns. */
export function endRun(run: LiveRun, asked: Asked, end: StepsEnd): RunResult {
  const record = recordOf(run);
  const standing = standingOf(run.plan, record, (path) => fileDigest(run, path));
  const steps = asked.steps.map((step) => stepResult(step, standing));
  const items = itemResults(run.plan, asked, standing);
  const parts = [...steps, ...items].map((part) => part.verdict);
  const exitCode = end.interrupted ? 130 : worstExitCode(parts.map((verdict) => codes[verdict]));
  const verdict = worstVerdict(parts) ?? "pending";
  run.record({ type: "run-ended", verdict, exitCode });
  run.sync();
  const stop = stopOf(run, end);
  return {
    plan: run.plan.id,
    run: run.id,
    verdict,
    steps,
    items,
    counts: countsOf(parts),
    ...(stop === undefined ? {} : { stop }),
    exitCode,
    record,
  };
}

function stepResult(step: StepUnit, standing: PlanStanding): StepResult {
  const { verdict, reason, record } = standing.steps.get(step.key) ?? unknownPart;
  return {
    unit: step.key,
    number: step.number,
    title: step.title,
    verdict,
    reason,
    attempts: record?.attempts ?? 0,
    durationMs: record?.durationMs ?? 0,
    evidence: record?.evidence ?? [],
  };
}

const unknownPart: UnitStanding = { verdict: "pending", reason: "not run" };

/** Outcomes of the steps that are done, the tasks that were asked for, and once the whole plan is done its tasks and items. */
function itemResults(plan: UnderstoodPlan, asked: Asked, standing: PlanStanding): readonly ItemResult[] {
  const done = asked.steps.filter((step) => isRun(standing.steps.get(step.key)));
  const through = asked.whole && done.length === plan.steps.length;
  const tasks = through ? plan.phases.flatMap((phase) => phase.tasks) : asked.tasks;
  const items = [
    ...done.flatMap((step) => step.outcomes),
    ...(through ? [...plan.items, ...toldTargets(plan, standing)] : []),
  ];
  return [
    ...items.map((item) => itemResult(item.key, item.text, standing.items.get(item.key))),
    ...tasks.map((task) => itemResult(task.key, task.task.name, standing.tasks.get(task.key))),
  ];
}

/** Why: a target that no report decides is nothing anybody waits for. */
function toldTargets(plan: UnderstoodPlan, standing: PlanStanding): UnderstoodPlan["targets"] {
  return plan.targets.filter(({ key }) => standing.items.has(key));
}

function isRun(standing: UnitStanding | undefined): boolean {
  return standing?.verdict === "verified" || standing?.verdict === "unverifiable";
}

function itemResult(unit: string, text: string, standing: UnitStanding = unknownPart): ItemResult {
  return { unit, text, verdict: standing.verdict, reason: standing.reason };
}

function countsOf(verdicts: readonly Verdict[]): Readonly<Partial<Record<Verdict, number>>> {
  const counts: Partial<Record<Verdict, number>> = {};
  for (const verdict of verdicts) counts[verdict] = (counts[verdict] ?? 0) + 1;
  return counts;
}

function stopOf(run: LiveRun, end: StepsEnd): RunStop | undefined {
  const id = run.plan.id;
  if (end.interrupted) {
    return { unit: id, code: "run/interrupted", message: "interrupted", cure: `Go on: iplan run ${id}` };
  }
  if (end.stopped === undefined) return undefined;
  const { step, judgement } = end.stopped;
  const message = `step ${step.number}: ${judgement.reason}`;
  const sign = `iplan sign ${id} ${step.number} --reason "..."`;
  switch (judgement.verdict) {
    case "unknown":
      return {
        unit: step.key,
        code: "run/undecided",
        message,
        cure: `Look what it did. Not done: iplan run ${id} --redo ${step.number}\nDone: ${sign}`,
      };
    case "handoff":
      return { unit: step.key, message, cure: `Do it, then: ${sign}` };
    default:
      return {
        unit: step.key,
        message,
        cure: `See what it printed: iplan show ${id} ${step.number} --output\nThen go on: iplan run ${id}`,
      };
  }
}
