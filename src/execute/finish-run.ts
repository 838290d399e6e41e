import type { StepUnit, TaskUnit } from "#model/understanding";
import { onlyCommits } from "#plan/commit-steps";
import { askBlocks, askStep, canAsk } from "./ask-step.ts";
import { judge } from "./judge.ts";
import type { LiveRun } from "./live-run.ts";
import { fileDigests, measuredNow, recordOutcomes, recordStep, recordTask } from "./record-verdict.ts";
import { endLeftovers } from "./services.ts";
import { type StepsEnd, isDone } from "./run-steps.ts";
import { isWhole } from "./select-steps.ts";
import { probeAll } from "./step-claims.ts";
import { sweepRemains } from "./sweep.ts";
import { watchRisks } from "./watch-risks.ts";
import { stateAfter } from "./start-state.ts";

/**
 * Ends a run: what its own later steps changed under earlier ones is verified again, tasks and items are asked, processes that were
 * left over are ended, and an interruption is written down.
 */
export async function finishRun(run: LiveRun, steps: readonly StepUnit[], end: StepsEnd): Promise<StepsEnd> {
  if (end.interrupted) {
    run.record({ type: "interrupted", signal: "SIGINT" });
  } else if (run.mayExecute) {
    await verifyStale(run, steps);
    await askTasks(run);
    if (isWhole(run.plan, steps) || onlyCommitIsLeft(run)) await askItems(run);
    await watchRisks(run);
  }
  await endProcesses(run);
  return end;
}

/** Asks again every verified step whose declared files are no longer what they were at its verification. */
async function verifyStale(run: LiveRun, steps: readonly StepUnit[]): Promise<void> {
  for (const step of steps) {
    const before = run.unit(step.key)?.files;
    if (before === undefined || !isDone(run, step) || run.isInterrupted()) continue;
    const changed = changedFile(before, fileDigests(run, step.files));
    if (changed === undefined) continue;
    if (!canAsk(step)) {
      await recordStep(run, step, {
        verdict: "stale",
        reason: `${changed} changed since, and nothing verifies it again`,
      });
      continue;
    }
    run.notice(`step ${step.number}: ${changed} changed since it was verified; verifying again`);
    const answer = await askStep(run, step);
    if (answer.verdict !== "unknown") await recordStep(run, step, answer);
  }
}

function changedFile(
  before: Readonly<Record<string, string>>,
  now: Readonly<Record<string, string>>,
): string | undefined {
  return [...new Set([...Object.keys(before), ...Object.keys(now)])].find((name) => before[name] !== now[name]);
}

/** Asks the own verification of each task whose steps are all verified. */
async function askTasks(run: LiveRun): Promise<void> {
  for (const phase of run.plan.phases) {
    for (const task of phase.tasks) {
      const steps = task.steps.length > 0 ? task.steps : phase.steps;
      if (isTaskDone(run, task) || !allVerified(run, steps) || run.isInterrupted()) continue;
      await askTask(run, task);
    }
  }
}

/** Runs the verification a task has of its own, and carries out the claims of its `Verify:` bullets. */
export async function askTask(run: LiveRun, task: TaskUnit): Promise<void> {
  const claimed = task.verify.filter((outcome) => outcome.claims.length > 0);
  if (task.blocks.length === 0 && claimed.length === 0) return;
  const last = run.plan.steps.findLast((step) => task.steps.includes(step.key)) ?? run.plan.steps.at(-1);
  const start = last === undefined ? { directory: run.context.root } : stateAfter(run, last);
  const blocks = await askBlocks(run, task, task.blocks, 0, start);
  const claims = await probeAll(run, claimed, task.key);
  const judgement = judge({ blocks, claims });
  if (judgement.verdict === "unknown") return;
  await recordOutcomes(run, claimed, task.key);
  await recordTask(run, task, judgement);
}

function isTaskDone(run: LiveRun, task: TaskUnit): boolean {
  const record = run.unit(task.key);
  return record?.verdict === "verified" && record.subject === task.subject;
}

function allVerified(run: LiveRun, keys: readonly string[]): boolean {
  return keys.length > 0 && keys.every((key) => run.unit(key)?.verdict === "verified");
}

/** Steps that do something else than to commit. */
function workSteps({ plan }: LiveRun): readonly StepUnit[] {
  return plan.steps.filter((step) => !onlyCommits(step));
}

/** Why: what is to be committed is asked before it is, also where the plan has a step that commits. */
function onlyCommitIsLeft(run: LiveRun): boolean {
  const work = workSteps(run).map((step) => step.key);
  return work.length < run.plan.steps.length && allVerified(run, work);
}

/** Carries out the claims of deliverables, checklist items and criteria once the work they speak of is done. */
async function askItems(run: LiveRun): Promise<void> {
  const all = (onlyCommitIsLeft(run) ? workSteps(run) : run.plan.steps).map((step) => step.key);
  const known = new Set(all);
  const ready = run.plan.items.filter((item) => {
    const own = run.plan.phases.find((each) => each.number === item.phase)?.steps.filter((key) => known.has(key)) ?? [];
    return allVerified(run, own.length === 0 ? all : own);
  });
  const isThrough = allVerified(run, all);
  const measured = isThrough ? await measuredNow(run) : undefined;
  await recordOutcomes(run, [...ready, ...(isThrough ? run.plan.targets : [])], undefined, measured);
}

/** Ends what was left running, the last started first; what left its group unnoticed is listed before. */
async function endProcesses(run: LiveRun): Promise<void> {
  if (run.hasSession()) {
    const late = await (await run.session()).strays(run.state().kept);
    if (late.length > 0) run.record({ type: "leftover", unit: run.plan.id, processes: late, action: "listed" });
  }
  const { leftovers } = run.state();
  if (leftovers.length === 0) return;
  await endLeftovers(run, leftovers);
  sweepRemains(run);
}
