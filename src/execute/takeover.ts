import type { StepUnit, UnderstoodPlan } from "#model/understanding";
import { askStep, canAsk } from "./ask-step.ts";
import type { Judgement } from "./judge.ts";
import type { LiveRun } from "./live-run.ts";
import { recordStep } from "./record-verdict.ts";
import { roleOf } from "./block-evidence.ts";

/** What becomes of a step in the take-over: it is proved, undecided, or to be run. */
export type Taken = { readonly judgement: Judgement } | "run";

/**
 * Takes over a step that people ticked, or a receipt calls verified, before this machine ever ran it: what its verification proves
 * is recorded. The first that fails, and the first that nobody ticked, end the take-over: the run begins there.
 */
export async function takeOver(run: LiveRun, step: StepUnit): Promise<Taken> {
  if (run.state().recovering) return recover(run, step);
  if (!hasTicks(run)) return endHere(run, step);
  const ticked = isTicked(run.plan, step) ?? receiptSays(run, step);
  if (ticked === false) return endHere(run, step);
  if (!canAsk(step)) return ticked === true ? runAgain(run, step) : "run";
  const answer = await askStep(run, step);
  if (answer.verdict === "verified") {
    return { judgement: await recordStep(run, step, { ...answer, reason: `taken over: ${answer.reason}` }) };
  }
  if (answer.verdict === "unknown") return { judgement: await recordStep(run, step, answer) };
  run.notice(`step ${step.number} is ticked, but ${answer.reason}; the run begins here`);
  return endHere(run, step);
}

/**
 * Why: what was done is not known any more, only that something was. Each step is asked; what does not pass or cannot be asked is done
 * again where that does no harm, else a person decides.
 */
async function recover(run: LiveRun, step: StepUnit): Promise<Taken> {
  if (canAsk(step)) {
    const answer = await askStep(run, step);
    if (answer.verdict === "verified")
      return { judgement: await recordStep(run, step, { ...answer, reason: `proved again: ${answer.reason}` }) };
    if (answer.verdict === "unknown") return { judgement: await recordStep(run, step, answer) };
    if (!step.blocks.some((block) => block.settings.unsafe)) return "run";
  } else if (isHarmless(step)) return "run";
  const reason = "the journal was damaged, so it is not known whether this ran, and doing it again may do harm";
  return { judgement: await recordStep(run, step, { verdict: "unknown", reason }) };
}

/** Whether people ticked what a step is tied to: its own tasks, else the tasks of its phase; undefined when it is tied to no box. */
export function isTicked(plan: UnderstoodPlan, step: StepUnit): boolean | undefined {
  const tasks = plan.phases.flatMap((phase) => phase.tasks);
  const own = tasks.filter((task) => step.ties.some((tie) => tie.task === task.id));
  const phases = new Set(step.ties.map((tie) => tie.phase));
  const tied = own.length > 0 ? own : tasks.filter((task) => phases.has(task.phase));
  const boxes = tied.flatMap((task) => task.task.box ?? []);
  return boxes.length === 0 ? undefined : boxes.every((box) => box.ticked);
}

function receiptSays(run: LiveRun, step: StepUnit): boolean | undefined {
  const record = run.options.receipt?.units.get(step.key);
  return record === undefined ? undefined : record.verdict === "verified" && record.subject === step.subject;
}

/** Why: on a plan nobody began, asking first would only tell that nothing is done. */
function hasTicks(run: LiveRun): boolean {
  const tasks = run.plan.phases.flatMap((phase) => phase.tasks);
  const records = [...(run.options.receipt?.units.values() ?? [])];
  return (
    tasks.some((task) => task.task.box?.ticked === true) || records.some((record) => record.verdict === "verified")
  );
}

function endHere(run: LiveRun, step: StepUnit): "run" {
  run.record({ type: "takeover-ended", unit: step.key });
  return "run";
}

/** Why: without a verification nothing tells whether it was done; doing it again must be harmless. */
async function runAgain(run: LiveRun, step: StepUnit): Promise<Taken> {
  if (isHarmless(step)) return "run";
  const reason = "it is ticked, nothing can verify it, and doing it again may do harm";
  return { judgement: await recordStep(run, step, { verdict: "unknown", reason }) };
}

function isHarmless(step: StepUnit): boolean {
  const actions = step.blocks.filter((block) => roleOf(block) === "action");
  return actions.every((block) => ["read", "workspace"].includes(block.risk) && !block.settings.unsafe);
}
