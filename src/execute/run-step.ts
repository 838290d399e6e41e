import { hasPassed } from "#journal/replay";
import type { Evidence } from "#model/run";
import type { StepUnit, UnderstoodBlock } from "#model/understanding";
import { judge, type Judgement } from "./judge.ts";
import type { LiveRun } from "./live-run.ts";
import { fileDigests, recordStep } from "./record-verdict.ts";
import { roleOf } from "./block-evidence.ts";
import { runBlock } from "./run-block.ts";
import { endServicesOf, ensureServices, isTaken } from "./services.ts";
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
    const end = await attempt(run, step, position);
    if (end === "interrupted") return { verdict: "unknown", reason: "it was interrupted" };
    const judgement = end ?? (await judgeStep(run, step));
    if (judgement.verdict !== "failed" || left <= 0) return recordStep(run, step, judgement);
    const pause = Math.min(longestPauseMs, firstPauseMs * 2 ** (retries - left));
    run.notice(`step ${step.number}: ${judgement.reason}; trying again in ${pause / 1000} s, ${left} left`);
    await run.context.host.timer.sleep(pause, run.context.signal);
    if (run.isInterrupted()) return { verdict: "unknown", reason: "it was interrupted" };
    position = { attempt: position.attempt + 1, index: 0 };
  }
}

/** How long is waited before a second attempt; before each further one twice as long, but never longer than the longest. */
const firstPauseMs = 500;
const longestPauseMs = 30_000;

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

/** Runs the blocks of one attempt. A judgement when something other than its blocks decides it; none when they do. */
async function attempt(
  run: LiveRun,
  step: StepUnit,
  { attempt, index }: StepPosition,
): Promise<Judgement | "interrupted" | undefined> {
  if (index === 0) await endServicesOf(run, step.key);
  const missing = await ensureServices(run, step, index > 0);
  if (missing !== undefined) return { verdict: "failed", reason: missing };
  let start = index === 0 ? stateBefore(run, step) : stateAt(run, step);
  let failed = false;
  for (const block of step.blocks.slice(index)) {
    const role = roleOf(block);
    if (failed && role === "action") return undefined;
    if (run.isInterrupted()) return "interrupted";
    if (role === "action" && (await isTaken(run, block))) {
      const reason = `its service was not started: something else answers already (${block.settings.ready})`;
      return { verdict: "failed", reason };
    }
    const from = block.settings.isolated ? { directory: run.context.root } : start;
    const files = block === step.blocks[0] && step.files.length > 0 ? { files: fileDigests(run, step.files) } : {};
    const end = await runBlock(run, { unit: step.key, subject: step.subject, block, attempt, ...files, ...from });
    if (end.state !== undefined) start = { ...start, state: end.state };
    if (end.evidence.exit?.interrupted === true) return "interrupted";
    if (hasPassed(end.evidence)) continue;
    // Why: every verification that stands behind the failing one is still asked, so that all failing lines are told at once.
    if (role === "action") return undefined;
    failed = true;
  }
  return undefined;
}

/** Where the next block of an attempt under way starts. */
function stateAt(run: LiveRun, step: StepUnit): StartState {
  const state = run
    .state()
    .progress.get(step.key)
    ?.states.findLast((each) => each !== undefined);
  return state === undefined ? stateBefore(run, step) : fromState(run, state, step);
}
