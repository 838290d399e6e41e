import { hasPassed } from "#journal/replay";
import type { ShellExit } from "#model/run";
import type { StepUnit, UnderstoodBlock } from "#model/understanding";
import { canFail, type Judgement, judge } from "./judge.ts";
import type { LiveRun } from "./live-run.ts";
import { roleOf } from "./block-evidence.ts";
import { runBlock } from "./run-block.ts";
import { ranBlocks } from "./run-step.ts";
import { ensureServices } from "./services.ts";
import { probeOutcomes } from "./step-claims.ts";
import { type StartState, stateAfter } from "./start-state.ts";

/** True when there is anything to ask a step by: a verification that can fail, or an outcome that became a claim. */
export function canAsk(step: StepUnit): boolean {
  return verificationsOf(step).some(canFail) || step.outcomes.some((outcome) => outcome.claims.length > 0);
}

/** A step of which nothing but its verifications is asked; what its verdict rests on is all of it. */
export function verificationsOnly(step: StepUnit): StepUnit {
  const { subject, risk } = step;
  return { ...step, subject, risk, blocks: verificationsOf(step) };
}

/** The verification blocks of a step. */
export function verificationsOf(step: StepUnit): readonly UnderstoodBlock[] {
  return step.blocks.filter((block) => roleOf(block) === "verification");
}

/**
 * Asks a step its verifications and claims without running its actions: what actions did before counts where it is recorded and
 * passed. Records the blocks, not the verdict.
 */
export async function askStep(run: LiveRun, step: StepUnit, start?: StartState): Promise<Judgement> {
  const attempt = run.state().progress.get(step.key)?.attempt ?? 0;
  const before = run.state().progress.get(step.key)?.ended ?? [];
  const actions = before.filter((evidence) => evidence.role === "action" && hasPassed(evidence));
  await serve(run, step);
  const asked = await askBlocks(run, step, verificationsOf(step), attempt, start ?? stateAfter(run, step));
  if (isVerified(run, step) && asked.some(({ evidence }) => wasKilled(evidence.exit ?? {}))) {
    run.notice(
      `step ${step.number}: its verification was killed before it could answer; it stays verified until it is asked again`,
    );
    return { verdict: "unknown", reason: "its verification was killed before it could answer" };
  }
  const blocks = ranBlocks(step.blocks, [...actions, ...asked.map((each) => each.evidence)]);
  const passed = blocks.every((each) => hasPassed(each.evidence));
  return judge({ blocks, claims: passed ? await probeOutcomes(run, step) : [] });
}

/** Why: a verification that asks a service would only tell that the service ended with the run before. */
export async function serve(run: LiveRun, step: StepUnit): Promise<void> {
  const problem = await ensureServices(run, step, true);
  if (problem !== undefined) run.notice(`step ${step.number}: ${problem}`);
}

function isVerified(run: LiveRun, step: StepUnit): boolean {
  return run.unit(step.key)?.verdict === "verified";
}

/** Why: who is killed from outside has not said no; what was proved before must not be done again for it. */
function wasKilled(exit: ShellExit): boolean {
  return exit.signal === "SIGKILL" && exit.timedOut !== true && exit.interrupted !== true;
}

/** Runs verifications of a step as questions, until an interruption. */
export async function askBlocks(
  run: LiveRun,
  step: Pick<StepUnit, "key" | "subject">,
  blocks: readonly UnderstoodBlock[],
  attempt: number,
  start: StartState,
): Promise<ReturnType<typeof ranBlocks>> {
  const asked: { block: UnderstoodBlock; evidence: (typeof end)["evidence"] }[] = [];
  let end: Awaited<ReturnType<typeof runBlock>>;
  for (const block of blocks) {
    if (run.isInterrupted()) break;
    const from = block.settings.isolated ? { directory: run.context.root } : start;
    end = await runBlock(run, { unit: step.key, subject: step.subject, block, attempt, ask: true, ...from });
    asked.push({ block, evidence: end.evidence });
  }
  return asked;
}
