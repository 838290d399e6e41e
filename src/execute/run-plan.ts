import { takeLock, type Lock } from "#journal/lock";
import { planSlug } from "#journal/plan-journals";
import { readPlanMemory } from "#journal/plan-record";
import { prepareState } from "#journal/workspace-state";
import { IplanError } from "#model/errors";
import type { Git, ShellProcess } from "#model/ports";
import type { StepUnit, TaskUnit, UnderstoodPlan } from "#model/understanding";
import { type Approval, confirmedBlocks, requireApproval, requireConsent, unapproved } from "./approval.ts";
import { followEdits } from "./follow-edits.ts";
import { findStep } from "./find-step.ts";
import { type LiveRun, isNewRun, openRun } from "./live-run.ts";
import { rememberedOf } from "./plan-memory.ts";
import { findObstacles, refuseObstacles } from "./preflight.ts";
import { probePrerequisites, refuseMissing, toolVersions } from "./prerequisites.ts";
import { putAside, recordPutAside } from "./put-aside.ts";
import { adoptOpenBlock } from "./resume.ts";
import type { RunContext, RunOptions } from "./run-options.ts";
import { type RunResult, endRun } from "./run-result.ts";
import { runSteps } from "./run-steps.ts";
import { finishRun } from "./finish-run.ts";
import { isWhole, refuseEmpty, selectSteps } from "./select-steps.ts";

/**
 * Runs a plan from where it stands: steps and verifications in order, each with its verdict, until the end or the first verdict that
 * stops. Throws IplanError when nothing could start; a bad step is a verdict, never an exception.
 */
export async function runPlan(plan: UnderstoodPlan, context: RunContext, options: RunOptions = {}): Promise<RunResult> {
  refuseEmpty(plan);
  const steps = selectSteps(plan, options);
  const finished = isFinished(plan, steps, context, options);
  if (!finished) refuseObstacles(findObstacles(plan, [...steps, ...tasksOf(plan)]), plan.plan.path);
  const approval = finished
    ? approvalOfFinished(plan, context, options)
    : await approveSteps(plan, steps, context, options);
  return withRun(plan, context, options, approval, ["plan", "worktree"], async (run) => {
    if (!finished) {
      // Why: bash starts on another core while the tool looks for what the plan needs; it runs nothing yet.
      void run.session().catch(() => undefined);
      const asked = { versions: true, approved: true };
      const found = await probePrerequisites(plan.plan.prerequisites, context.host, context.root, asked);
      refuseMissing(found);
      run.learnTools(toolVersions(found));
    }
    await adoptOpenBlock(run);
    const end = await finishRun(run, steps, await runSteps(run, steps));
    return endRun(run, { steps, tasks: [], whole: isWhole(plan, steps) }, end);
  });
}

/** True when all that is asked for was verified before and still is: then nothing is run, and nothing need be approved. */
function isFinished(
  plan: UnderstoodPlan,
  steps: readonly StepUnit[],
  context: RunContext,
  options: RunOptions,
): boolean {
  const memory = rememberedOf(plan, context, options);
  return memory.run?.open === undefined && doneSteps(plan, steps, context, options).size === steps.length;
}

function approvalOfFinished(plan: UnderstoodPlan, context: RunContext, options: RunOptions): Approval {
  if (options.trust !== undefined) return requireApproval(plan, plan.commands, context, options);
  const isApproved = unapproved(plan, plan.commands, context.host.trust(context.root)).length === 0;
  // Why: with nothing left to run, claims of what was promised anew would still be asked.
  return isApproved ? requireApproval(plan, plan.commands, context, options) : "none";
}

function tasksOf(plan: UnderstoodPlan): readonly TaskUnit[] {
  return plan.phases.flatMap((phase) => phase.tasks);
}

/** Makes sure that everything these steps and the plan's tasks would run is approved, and consented to where it destroys. */
export async function approveSteps(
  plan: UnderstoodPlan,
  steps: readonly StepUnit[],
  context: RunContext,
  options: RunOptions,
): Promise<Approval> {
  const units = new Set(steps.map((step) => step.key));
  const commands = plan.commands.filter((command) => units.has(command.unit) || command.unit.startsWith("task:"));
  const approval = requireApproval(plan, commands, context, options);
  const done = doneSteps(plan, steps, context, options);
  const open = commands.filter((command) => command.role === "verification" || !done.has(command.unit));
  await requireConsent(plan, open, confirmedBlocks(steps), context, options);
  return approval;
}

/** Why: what is done is not done again, so nobody needs to be asked about it. */
function doneSteps(
  plan: UnderstoodPlan,
  steps: readonly StepUnit[],
  context: RunContext,
  options: RunOptions,
): ReadonlySet<string> {
  if (options.over === true) return new Set();
  const { units } = rememberedOf(plan, context, options);
  const redo = options.redo === undefined ? undefined : findStep(plan, options.redo).key;
  const done = steps.filter(({ key, subject }) => {
    const record = units.get(key);
    return key !== redo && record?.verdict === "verified" && record.subject === subject;
  });
  return new Set(done.map((step) => step.key));
}

const purposeOf = "iplan run ";

/** Why: a block of another plan's run that was killed still acts in the worktree; its own plan's next run waits for it. */
function orphanBlock(
  plan: UnderstoodPlan,
  { host, root }: RunContext,
  key: string,
  purpose: string,
): ShellProcess | undefined {
  const other = purpose.slice(purposeOf.length);
  if (other === plan.id) return undefined;
  const process = readPlanMemory(host, root, other, key).run?.open?.process;
  return process !== undefined && host.shell.isAlive(process) ? process : undefined;
}

/** Holds the locks and the journal of a plan while something is done with it; both are let go whatever happens. */
export async function withRun<T>(
  plan: UnderstoodPlan,
  context: RunContext,
  options: RunOptions,
  approval: Approval,
  locks: readonly ("plan" | "worktree")[],
  work: (run: LiveRun) => Promise<T>,
): Promise<T> {
  const { host, root } = context;
  const key = host.trust(root).key({ create: true });
  if (key === undefined)
    throw new IplanError("host/not-writable", "no key for this workspace", "Give write access to the state directory.");
  const folders = prepareState(host.files, root);
  const names = { plan: `plan-${planSlug(plan.id)}`, worktree: "worktree" };
  const held: Lock[] = [];
  let run: LiveRun | undefined;
  try {
    for (const name of locks) {
      const orphanOf = (purpose: string) => orphanBlock(plan, context, key, purpose);
      const request = { folder: folders.locks, name: names[name], purpose: `${purposeOf}${plan.id}`, key, orphanOf };
      held.push(takeLock(request, host));
    }
    const memory = rememberedOf(plan, context, options, key);
    const aside = putAside(memory.damage, folders.runs, context);
    run = openRun({ plan, context, options, memory, folders, key, mayExecute: approval !== "none" });
    recordBeginning(run, approval);
    recordPutAside(run, aside);
    followEdits(run);
    return await work(run);
  } finally {
    await run?.close();
    for (const lock of held.reverse()) lock.release();
  }
}

/** Most paths that are remembered as changed before a run. */
const mostChanged = 1000;

/** Why: what was changed before a run is not the run's work, and no commit of the plan takes it unasked. */
function changedBefore(git: Git): { readonly changed?: readonly string[] } {
  const changed = git.changes();
  return changed === undefined || changed.length > mostChanged ? {} : { changed };
}

function recordBeginning(run: LiveRun, approval: Approval): void {
  const { plan, context, options } = run;
  const { actor, host } = context;
  const git = host.git(context.root);
  const commit = git.head();
  const dirty = git.isDirty();
  const common = {
    planHash: plan.planHash,
    actor,
    tool: host.version,
    approved: `${approval}:${plan.approvalHash}`,
    ...(commit === undefined ? {} : { commit }),
    ...(dirty === undefined ? {} : { dirty }),
  };
  const { path } = plan.plan;
  if (!isNewRun(run)) {
    run.record({ type: "run-resumed", ...(run.state().path === path ? {} : { path }), ...common });
    return;
  }
  run.record({
    type: "run-started",
    plan: plan.id,
    path,
    ...common,
    ...changedBefore(git),
    ...(options.over === true ? { over: true } : {}),
  });
}
