import type { StepUnit, UnitRecord } from "#model/understanding";
import { askStep, canAsk, verificationsOf } from "./ask-step.ts";
import { roleOf } from "./block-evidence.ts";
import type { Judgement } from "./judge.ts";
import type { LiveRun } from "./live-run.ts";
import { recordStep } from "./record-verdict.ts";

/**
 * Decides about a step whose actions ran to their end before, as they stand now. What can be asked is asked; what nothing can prove
 * keeps its verdict and is not done twice. Undefined when the step is to be run.
 */
export async function settlePast(run: LiveRun, step: StepUnit): Promise<Judgement | undefined> {
  const record = run.unit(step.key);
  if (record === undefined || !ranToEnd(record) || !sameActions(run, step)) return undefined;
  if (canAsk(step)) return answerOf(run, step, record);
  if (record.subject !== step.subject || isRepeatable(step)) return undefined;
  const { verdict, reason } = record;
  run.notice(
    `step ${step.number} ran before and stays ${verdict}; to do it again: iplan run ${run.plan.id} --redo ${step.number}`,
  );
  return { verdict, reason };
}

async function answerOf(run: LiveRun, step: StepUnit, record: UnitRecord): Promise<Judgement | undefined> {
  const answer = await askStep(run, step);
  if (answer.verdict === "unknown") return answer;
  // Why: an edited verification that does not pass may want the action of before to be done again.
  if (answer.verdict === "failed" && record.subject !== step.subject) return undefined;
  return recordStep(run, step, answer);
}

function ranToEnd(record: UnitRecord): boolean {
  return ["verified", "unverifiable", "stale"].includes(record.verdict) && record.signed === undefined;
}

/** True when the actions themselves hold a known check, so that doing them again may prove something, and can do no harm. */
function isRepeatable(step: StepUnit): boolean {
  const actions = step.blocks.filter((block) => roleOf(block) === "action");
  return (
    actions.some((block) => (block.vacuity?.recognised.length ?? 0) > 0) &&
    actions.every((block) => block.risk === "read" && !block.settings.unsafe)
  );
}

/** True when the last attempt did just the actions that stand in the step now. */
function sameActions(run: LiveRun, step: StepUnit): boolean {
  const done = run.state().progress.get(step.key)?.ended ?? [];
  const verifications = new Set(verificationsOf(step));
  const actions = step.blocks.filter((block) => !verifications.has(block));
  const known = done.filter((evidence) => evidence.role === "action").map((evidence) => evidence.block);
  return actions.length === known.length && actions.every((block, index) => block.digest === known[index]);
}
