import { dryRun as planDryRun } from "#execute/dry-run";
import type { RunOptions } from "#execute/run-options";
import { renderDryRun } from "#render/dry-run-page";
import type { CommandContext, CommandOutcome } from "../command.ts";
import type { PlanView } from "../plan-view.ts";
import type { Session } from "../session.ts";

/** `iplan run PLAN --dry-run`: what a run would do, with nothing run and nothing expanded. */
export async function dryRun(
  context: CommandContext,
  session: Session,
  view: PlanView,
  options: RunOptions,
): Promise<CommandOutcome> {
  const run = { host: session.host, root: session.root, actor: context.actor };
  const found = await planDryRun(view.understood, run, options);
  const isBlocked =
    found.obstacles.length > 0 ||
    found.prerequisites.some((each) => each.state === "missing" && !each.prerequisite.optional);
  const trusted = options.trust === view.understood.approvalHash;
  const needsApproval = found.unapproved.length > 0 && !trusted;
  return {
    kind: "dry-run",
    exitCode: isBlocked ? 2 : needsApproval ? 5 : found.steps.length === 0 ? 3 : 0,
    data: { ...found, approval: view.understood.approvalHash },
    page: () => renderDryRun(found, context.paint, context.width),
  };
}
