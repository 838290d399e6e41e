import { hasPassed } from "#journal/replay";
import type { Evidence } from "#model/run";
import type { StepUnit, UnderstoodBlock } from "#model/understanding";
import { missingServices } from "./background.ts";
import { judge, type Judgement } from "./judge.ts";
import type { LiveRun } from "./live-run.ts";
import { fileDigests, recordStep } from "./record-verdict.ts";
import { roleOf } from "./block-evidence.ts";
import { runBlock } from "./run-block.ts";
import { type StartState, fromState, stateBefore } from "./start-state.ts";
import { probeOutcomes } from "./step-claims.ts";

/** Where in a step to go on. */
export interface StepPosition {
  readonly attempt: number;
  /** Index of the block to run next. */
  readonly index: number;
}

/** Where a step goes on: behind the last block that ended well in an attempt without a verdict, else at the start of a new attempt. */
export function positionOf(run: LiveRun, step: StepUnit): StepPosition {
  const progress = run.state().progress.get(step.key);
  const anew = { attempt: (progress?.attempt ?? 0) + 1, index: 0 };
  if (progress?.active !== true || !progress.ended.every(hasPassed)) return anew;
  let index = 0;
  for (const evidence of progress.ended) {
    const at = step.blocks.findIndex((block, place) => place >= index && block.digest === evidence.block);
    if (at === -1) return anew;
    index = at + 1;
  }
  return { attempt: progress.attempt, index };
}

/** Runs a step from a position to its verdict, with as many further attempts as its `retry` allows, and records the verdict. */
export async function runStep(run: LiveRun, step: StepUnit, from: StepPosition): Promise<Judgement> {
  const retries = Math.max(0, ...step.blocks.map((block) => block.settings.retry ?? 0));
  let position = from;
  for (let left = retries; ; left--) {
    if (await attempt(run, step, position)) return { verdict: "unknown", reason: "it was interrupted" };
    const judgement = await judgeStep(run, step);
    if (judgement.verdict !== "failed" || left <= 0) return recordStep(run, step, judgement);
    run.notice(`step ${step.number}: ${judgement.reason}; trying again, ${left} left`);
    position = { attempt: position.attempt + 1, index: 0 };
  }
}

/** The verdict of the latest attempt at a step, its outcomes probed when all of its blocks passed. */
export async function judgeStep(run: LiveRun, step: StepUnit): Promise<Judgement> {
  const blocks = ranBlocks(step.blocks, run.state().progress.get(step.key)?.ended ?? []);
  const passed = blocks.every((each) => hasPassed(each.evidence));
  return judge({ blocks, claims: passed ? await probeOutcomes(run, step) : [] });
}

/** Blocks of a unit with the evidence they left, in the order they ran. */
export function ranBlocks(
  blocks: readonly UnderstoodBlock[],
  ended: readonly Evidence[],
): readonly { readonly block: UnderstoodBlock; readonly evidence: Evidence }[] {
  return ended.flatMap((evidence) => {
    const block = blocks.find((each) => each.digest === evidence.block);
    return block === undefined ? [] : [{ block, evidence }];
  });
}

/** Runs the blocks of one attempt; true when it was interrupted and has no verdict. */
async function attempt(run: LiveRun, step: StepUnit, { attempt, index }: StepPosition): Promise<boolean> {
  await startServices(run, step);
  let start = index === 0 ? stateBefore(run, step) : stateAt(run, step);
  let failed = false;
  for (const block of step.blocks.slice(index)) {
    const role = roleOf(block);
    if (failed && role === "action") return false;
    if (run.isInterrupted()) return true;
    const from = block.settings.isolated ? { directory: run.context.root } : start;
    const files = block === step.blocks[0] && step.files.length > 0 ? { files: fileDigests(run, step.files) } : {};
    const end = await runBlock(run, { unit: step.key, subject: step.subject, block, attempt, ...files, ...from });
    if (end.state !== undefined) start = { ...start, state: end.state };
    if (end.evidence.exit?.interrupted === true) return true;
    if (hasPassed(end.evidence)) continue;
    // Why: every verification that stands behind the failing one is still asked, so that all failing lines are told at once.
    if (role === "action") return false;
    failed = true;
  }
  return false;
}

/** Why: services end with the run that started them; a run that goes on needs those of its earlier steps again. */
async function startServices(run: LiveRun, step: StepUnit): Promise<void> {
  for (const { unit, block } of missingServices(run, step)) {
    run.notice(`starting the service of step ${unit.number} again`);
    const attempt = run.state().progress.get(unit.key)?.attempt ?? 1;
    await runBlock(run, { unit: unit.key, block, attempt, service: true, ...stateBefore(run, unit) });
  }
}

/** Where the next block of an attempt under way starts. */
function stateAt(run: LiveRun, step: StepUnit): StartState {
  const state = run
    .state()
    .progress.get(step.key)
    ?.states.findLast((each) => each !== undefined);
  return state === undefined ? stateBefore(run, step) : fromState(run, state, step);
}
