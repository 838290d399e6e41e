import { IplanError } from "#model/errors";
import type { StepUnit, UnderstoodPlan } from "#model/understanding";
import { askStep, canAsk, verificationsOnly } from "./ask-step.ts";
import { isService } from "./background.ts";
import { roleOf } from "./block-evidence.ts";
import { endLeftovers } from "./services.ts";
import { confirmedBlocks, requireApproval, requireConsent } from "./approval.ts";
import { askTask } from "./finish-run.ts";
import { findStep } from "./find-step.ts";
import type { LiveRun } from "./live-run.ts";
import { probePrerequisites, toolVersions } from "./prerequisites.ts";
import { findObstacles, refuseObstacles } from "./preflight.ts";
import { measuredNow, recordOutcomes, recordStep } from "./record-verdict.ts";
import { adoptOpenBlock, openAction } from "./resume.ts";
import { watchRisks } from "./watch-risks.ts";
import { withRun } from "./run-plan.ts";
import type { RunContext, RunOptions } from "./run-options.ts";
import { type Asked, type RunResult, endRun } from "./run-result.ts";

/**
 * Runs verifications and claims only, of the whole plan or of one step or task, and records what they prove. Throws IplanError when
 * nothing could start, `usage/nothing-to-check` when nothing can be asked.
 */
export async function verifyPlan(
  plan: UnderstoodPlan,
  target: string | undefined,
  context: RunContext,
  options: RunOptions = {},
): Promise<RunResult> {
  const asked = findTarget(plan, target);
  if (!asked.steps.some(canAsk) && !asked.tasks.some((task) => task.blocks.length > 0)) {
    throw new IplanError(
      "usage/nothing-to-check",
      `${target ?? plan.id} has no verification that could fail and no outcome that became a claim`,
      `See how it was understood: iplan show ${plan.id} --explain`,
    );
  }
  refuseObstacles(findObstacles(plan, [...asked.steps.map(verificationsOnly), ...asked.tasks]), plan.plan.path);
  const units = new Set([...asked.steps, ...asked.tasks].map((unit) => unit.key));
  const services = servicesOf(plan);
  const commands = plan.commands.filter(
    (each) => (each.role === "verification" && units.has(each.unit)) || services.has(each.sha256),
  );
  const approval = requireApproval(plan, commands, context, options, "verify");
  await requireConsent(plan, commands, confirmedBlocks([...asked.steps, ...asked.tasks]), context, options);
  return withRun(plan, context, options, approval, ["plan"], async (run) => {
    const before = new Set(run.state().leftovers.map(({ pid }) => pid));
    await adoptOpenBlock(run);
    const tools = plan.plan.prerequisites.filter(({ kind }) => kind === "tool");
    const versions = { versions: true, approved: true };
    run.learnTools(toolVersions(await probePrerequisites(tools, context.host, context.root, versions)));
    for (const step of asked.steps) await verifyStep(run, step);
    for (const task of asked.tasks) if (!run.isInterrupted()) await askTask(run, task);
    if (asked.whole && !run.isInterrupted()) {
      await recordOutcomes(run, [...plan.items, ...plan.targets], undefined, await measuredNow(run));
    }
    if (!run.isInterrupted()) await watchRisks(run);
    const interrupted = run.isInterrupted();
    if (interrupted) run.record({ type: "interrupted", signal: "SIGINT" });
    await endLeftovers(
      run,
      run.state().leftovers.filter(({ pid }) => !before.has(pid)),
    );
    return endRun(run, asked, { interrupted });
  });
}

/** Hashes of the commands by which services start: a verification may need them, so they have to be approved with it. */
export function servicesOf(plan: UnderstoodPlan): ReadonlySet<string> {
  const blocks = plan.steps.flatMap((step) =>
    step.blocks.filter((block) => roleOf(block) === "action" && isService(block)),
  );
  return new Set(blocks.map(({ digest }) => digest.replace("sha256:", "")));
}

/** Why: a step nobody can ask keeps the verdict its run gave it; asking it would only take that away. */
async function verifyStep(run: LiveRun, step: StepUnit): Promise<void> {
  if (run.isInterrupted() || !canAsk(step)) return;
  const answer = await askStep(run, step);
  if (answer.verdict === "unknown") return;
  if (answer.verdict !== "verified" && openAction(run, step) !== undefined) {
    run.notice(`step ${step.number}: its end is not known, and ${answer.reason}`);
    return;
  }
  await recordStep(run, step, answer);
}

function findTarget(plan: UnderstoodPlan, target: string | undefined): Asked {
  const tasks = plan.phases.flatMap((phase) => phase.tasks);
  if (target === undefined) return { steps: plan.steps, tasks, whole: true };
  const task = tasks.find((each) => each.key === target || each.id.toLowerCase() === target.toLowerCase());
  if (task !== undefined) {
    return { steps: plan.steps.filter((step) => task.steps.includes(step.key)), tasks: [task], whole: false };
  }
  return { steps: [findStep(plan, target)], tasks: [], whole: false };
}
