import { type PlanMemory, planRecordOf } from "#journal/plan-record";
import { type ErrorCode, type ExitCode, worstExitCode } from "#model/errors";
import { type Verdict, worstVerdict } from "#model/run";
import type { PlanRecord, StepUnit, UnitRecord } from "#model/understanding";
import type { LiveRun } from "./live-run.ts";
import type { StepsEnd } from "./run-steps.ts";
import { isWhole } from "./select-steps.ts";

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

/** Makes the result of a run and writes its end down, durable when this returns. */
export function endRun(run: LiveRun, steps: readonly StepUnit[], end: StepsEnd): RunResult {
  const results = steps.map((step) => stepResult(run, step));
  const items = itemResults(run, steps);
  const parts = [...results, ...items].map((part) => part.verdict);
  const exitCode = end.interrupted ? 130 : worstExitCode(parts.map((verdict) => codes[verdict]));
  const verdict = worstVerdict(parts) ?? "pending";
  run.record({ type: "run-ended", verdict, exitCode });
  run.sync();
  const stop = stopOf(run, end);
  return {
    plan: run.plan.id,
    run: run.id,
    verdict,
    steps: results,
    items,
    counts: countsOf(results.map((result) => result.verdict)),
    ...(stop === undefined ? {} : { stop }),
    exitCode,
    record: recordOf(run),
  };
}

/** Everything that is remembered of a plan at this moment of its run. */
export function recordOf(run: LiveRun): PlanRecord {
  const keys = new Set([...run.memory.units.keys(), ...run.state().units.keys()]);
  const known = [...keys].flatMap((key): readonly [string, UnitRecord][] => {
    const unit = run.unit(key);
    return unit === undefined ? [] : [[key, unit]];
  });
  const memory: PlanMemory = { ...run.memory, run: run.state(), known: true, units: new Map(known) };
  return planRecordOf(memory);
}

function stepResult(run: LiveRun, step: StepUnit): StepResult {
  const { verdict, reason, record } = standingOfUnit(run, step.key, step.subject);
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

interface Standing {
  readonly verdict: Verdict;
  readonly reason: string;
  readonly record?: UnitRecord;
}

function standingOfUnit(run: LiveRun, key: string, subject: string): Standing {
  const { open, unsettled } = run.state();
  const record = run.unit(key);
  if (record?.signed === undefined && (open?.unit === key || unsettled.has(key))) {
    return { verdict: "unknown", reason: "it was started and its end is not known", ...(record && { record }) };
  }
  if (record === undefined) return { verdict: "pending", reason: "not run" };
  if (record.verdict === "verified" && record.subject !== subject) {
    return { verdict: "stale", reason: "it was edited since it was verified", record };
  }
  return { verdict: record.verdict, reason: record.reason, record };
}

/** Outcomes of the steps that ran well; for a run of the whole plan that came through, its tasks and items too. */
function itemResults(run: LiveRun, steps: readonly StepUnit[]): readonly ItemResult[] {
  const done = steps.filter((step) => ["verified", "unverifiable"].includes(run.unit(step.key)?.verdict ?? ""));
  const outcomes = done.flatMap((step) => step.outcomes);
  const whole = isWhole(run.plan, steps) && done.length === steps.length;
  const tasks = run.plan.phases.flatMap((phase) => phase.tasks).filter((task) => run.unit(task.key) !== undefined);
  const proved = tasks.map((task) => ({
    unit: task.key,
    text: task.task.name,
    ...plainStanding(run, task.key, task.subject),
  }));
  const items = [...outcomes, ...(whole ? run.plan.items : [])];
  return [
    ...items.map((item) => ({ unit: item.key, text: item.text, ...itemStanding(run, item.key, item.digest) })),
    ...proved,
  ];
}

function itemStanding(run: LiveRun, key: string, subject: string): { verdict: Verdict; reason: string } {
  const standing = plainStanding(run, key, subject);
  if (standing.verdict !== "pending") return standing;
  return { verdict: "manual", reason: "it needs judgement" };
}

function plainStanding(run: LiveRun, key: string, subject: string): { verdict: Verdict; reason: string } {
  const { verdict, reason } = standingOfUnit(run, key, subject);
  return { verdict, reason };
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
