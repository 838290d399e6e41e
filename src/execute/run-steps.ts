import { hasPassed } from "#journal/replay";
import type { Verdict } from "#model/run";
import type { StepUnit } from "#model/understanding";
import { findStep } from "./find-step.ts";
import type { Judgement } from "./judge.ts";
import type { LiveRun } from "./live-run.ts";
import { settlePast } from "./past-work.ts";
import { recordStep } from "./record-verdict.ts";
import { settleStep } from "./resume.ts";
import { judgeStep, positionOf, runStep } from "./run-step.ts";
import { probeOutcomes } from "./step-claims.ts";
import { takeOver } from "./takeover.ts";

/** How far the steps came. */
export interface StepsEnd {
  /** The step the run stopped at, and why; absent when it came to the end. */
  readonly stopped?: { readonly step: StepUnit; readonly judgement: Judgement };
  readonly interrupted: boolean;
}

/** Verdicts a run does not go past, unless it is told to keep going. */
const stopping: ReadonlySet<Verdict> = new Set(["failed", "suspect", "handoff", "unknown"]);

/** Runs the steps in order, each from where it stands. */
export async function runSteps(run: LiveRun, steps: readonly StepUnit[]): Promise<StepsEnd> {
  const redo = run.options.redo === undefined ? undefined : findStep(run.plan, run.options.redo).key;
  let stopped: StepsEnd["stopped"];
  for (const step of steps) {
    if (run.isInterrupted()) return { interrupted: true, ...(stopped && { stopped }) };
    if (step.key !== redo && isDone(run, step)) continue;
    const need = missingNeed(run, step);
    if (need !== undefined) {
      run.record({
        type: "skipped",
        unit: step.key,
        subject: step.subject,
        reason: `it needs ${need}, which is not verified`,
      });
      continue;
    }
    const judgement = step.key === redo ? await runStep(run, step, anew(run, step)) : await advance(run, step);
    if (run.isInterrupted()) return { interrupted: true, ...(stopped && { stopped }) };
    if (!stopping.has(judgement.verdict)) continue;
    stopped ??= { step, judgement };
    if (run.options.keepGoing !== true) break;
  }
  return { interrupted: false, ...(stopped && { stopped }) };
}

/** True when a step was verified and nothing its verdict rests on changed since. */
export function isDone(run: LiveRun, step: StepUnit): boolean {
  const record = run.unit(step.key);
  return record?.verdict === "verified" && record.subject === step.subject;
}

async function advance(run: LiveRun, step: StepUnit): Promise<Judgement> {
  if (step.blocks.length === 0) return handOff(run, step);
  const undecided = await settleStep(run, step);
  if (undecided !== undefined) return undecided;
  if (hasFailedUntold(run, step)) return recordStep(run, step, await judgeStep(run, step));
  const record = run.unit(step.key);
  if (record === undefined && (run.state().taking || run.state().recovering)) {
    const taken = await takeOver(run, step);
    if (taken !== "run") return taken.judgement;
  }
  const past = await settlePast(run, step);
  if (past !== undefined) return past;
  return runStep(run, step, positionOf(run, step));
}

/** Why: a block that failed while nobody looked is told before it is tried again; with `retry` the plan itself wants another try. */
function hasFailedUntold(run: LiveRun, step: StepUnit): boolean {
  const progress = run.state().progress.get(step.key);
  const isRetried = step.blocks.some((block) => (block.settings.retry ?? 0) > 0);
  if (progress?.active !== true || isRetried) return false;
  const digests = new Set(step.blocks.map((block) => block.digest));
  return progress.ended.some((one) => !hasPassed(one)) && progress.ended.every((one) => digests.has(one.block));
}

/** A step without anything to run is done when its outcomes hold, and otherwise the work of a person or assistant. */
async function handOff(run: LiveRun, step: StepUnit): Promise<Judgement> {
  const claims = await probeOutcomes(run, step);
  const held = claims.length > 0 && claims.every((claim) => claim.holds);
  const missing = claims.find((claim) => !claim.holds);
  const work = step.handoff ?? "nothing in it can be run";
  return recordStep(run, step, {
    verdict: held ? "verified" : "handoff",
    reason: held ? "its outcomes hold" : missing === undefined ? work : `${work}; ${missing.text}: ${missing.observed}`,
  });
}

function anew(run: LiveRun, step: StepUnit): { attempt: number; index: number } {
  return { attempt: (run.state().progress.get(step.key)?.attempt ?? 0) + 1, index: 0 };
}

/** The first of a step's needs that is not verified, as the plan names it. */
function missingNeed(run: LiveRun, step: StepUnit): string | undefined {
  const tasks = run.plan.phases.flatMap((phase) => phase.tasks);
  return step.needs.find((need) => {
    const byTask = tasks.find((task) => task.id === need || task.key === need)?.steps;
    const bySteps = run.plan.steps.filter((each) => [each.key, each.number, `step:${each.number}`].includes(need));
    const keys = byTask ?? bySteps.map((each) => each.key);
    return keys.some((key) => key !== step.key && run.unit(key)?.verdict !== "verified");
  });
}
