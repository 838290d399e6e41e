import type { OpenBlock } from "#journal/run-state";
import type { RiskClass, StepUnit, UnderstoodBlock } from "#model/understanding";
import { askBlocks, serve } from "./ask-step.ts";
import { canFail, type Judgement, judge } from "./judge.ts";
import type { LiveRun } from "./live-run.ts";
import { roleOf } from "./block-evidence.ts";
import { adoptBlock } from "./run-block.ts";
import { recordStep } from "./record-verdict.ts";
import { sweepRemains } from "./sweep.ts";
import { fromState } from "./start-state.ts";

/** Risks under which work whose end is not known may simply be done again. */
const repeatable: ReadonlySet<string> = new Set<RiskClass>(["read", "workspace"]);

/**
 * Before anything else runs: a block that an earlier process started and that still runs, or has left its result, is taken over.
 * What was left of neither stays in question, for `settleStep`.
 */
export async function adoptOpenBlock(run: LiveRun): Promise<void> {
  const { open } = run.state();
  if (open !== undefined) await adoptOrLose(run, open);
  sweepRemains(run);
}

async function adoptOrLose(run: LiveRun, open: OpenBlock): Promise<void> {
  const block = run.plan.blocks.find((each) => each.digest === open.block) ?? textless(open);
  if (open.process !== undefined && run.context.host.shell.isAlive(open.process)) {
    run.notice(`a block of ${open.unit} still runs (process ${open.process.pid}); waiting for it`);
  }
  const { unit, attempt, spool, state, process } = open;
  const start = state === undefined ? {} : { state };
  const kind = { ...(open.role === "service" ? { service: true } : {}), ...(open.ask === true ? { ask: true } : {}) };
  const request = { unit, block, attempt, directory: run.context.root, ...start, ...kind };
  const former = process === undefined ? { spool } : { spool, process };
  const end = await adoptBlock(run, request, former);
  if (end === undefined) run.record({ type: "block-lost", unit, block: open.block });
  run.sync();
}

/**
 * Decides about a step whose action has no known end: its own verification is asked first. Undefined when the step may go on (what
 * was proved stands in the journal, what was not is to be run again); a judgement when only a person can decide.
 */
export async function settleStep(run: LiveRun, step: StepUnit): Promise<Judgement | undefined> {
  const open = openAction(run, step);
  if (open === undefined) return undefined;
  const index = step.blocks.findIndex((block) => block.digest === open.block && roleOf(block) === "action");
  const action = step.blocks[index];
  if (action === undefined) {
    return repeatable.has(open.risk)
      ? undefined
      : undecidedStep(run, step, "its block was edited since it was started");
  }
  const own = ownVerifications(step, index);
  if (!own.some(canFail)) {
    const again = repeatable.has(action.risk) && repeatable.has(open.risk) && !action.settings.unsafe;
    return again ? undefined : undecidedStep(run, step, "it has no verification that could tell");
  }
  const state = open.left ?? open.state;
  const start = state === undefined ? { directory: run.context.root } : fromState(run, state, step);
  await serve(run, step);
  const asked = await askBlocks(run, step, own, open.attempt, start);
  const answer = judge({ blocks: asked, claims: [] });
  if (answer.verdict === "verified") {
    recordProof(run, step, open, answer.reason);
    return undefined;
  }
  if (answer.verdict === "unknown") return recordStep(run, step, answer);
  if (action.settings.unsafe) return undecidedStep(run, step, "it is marked unsafe and its verification does not pass");
  return undefined;
}

/** Why: what the next block starts from is never guessed; it is what the interrupted shell told, or else what was before it. */
function recordProof(run: LiveRun, step: StepUnit, { block, attempt, left, state }: OpenBlock, reason: string): void {
  const stateNote = "What it changed in the shell died with it; the state before the block is kept.";
  const known = left ?? state;
  run.record({
    type: "block-proved",
    unit: step.key,
    block,
    attempt,
    reason,
    ...(known === undefined ? {} : { state: known }),
    ...(left === undefined ? { stateNote } : {}),
  });
  run.notice(
    `step ${step.number} is done: ${reason}. ${left === undefined ? stateNote : "Its shell told its state when it was interrupted; it is kept."}`,
  );
}

/** The action of a step that was started and of which no end is known. */
export function openAction(run: LiveRun, step: Pick<StepUnit, "key">): OpenBlock | undefined {
  const { open, unsettled } = run.state();
  return open?.role === "action" && open.unit === step.key ? open : unsettled.get(step.key);
}

/** The verifications that belong to an action: those between it and the next action. */
function ownVerifications(step: StepUnit, index: number): readonly UnderstoodBlock[] {
  const after = step.blocks.slice(index + 1);
  const next = after.findIndex((block) => roleOf(block) === "action");
  return next === -1 ? after : after.slice(0, next);
}

function undecidedStep(run: LiveRun, step: StepUnit, why: string): Promise<Judgement> {
  return recordStep(run, step, { verdict: "unknown", reason: `it was started and its end is not known; ${why}` });
}

/** Why: the block may have been edited while it ran; its result is still that of the block that was started. */
function textless(open: OpenBlock): UnderstoodBlock {
  const nowhere = { line: 1, column: 1, offset: 0 };
  const range = { start: nowhere, end: nowhere };
  return {
    block: {
      language: "bash",
      info: "bash",
      text: "",
      range,
      toDocument: () => 0,
      rangeOf: () => range,
      closed: true,
      expectations: [],
    },
    role: open.role === "verification" ? "verification" : "action",
    why: "started before the document was edited",
    digest: open.block,
    risk: open.risk as RiskClass,
    risks: [],
    placeholders: [],
    settings: { background: false, keep: false, isolated: false, confirm: false, unsafe: false, needs: [], tasks: [] },
  };
}
