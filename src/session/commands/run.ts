import { runPlan } from "#execute/run-plan";
import type { RunResult } from "#execute/run-result";
import { exitCodes, IplanError, worstExitCode } from "#model/errors";
import type { Actor, Verdict } from "#model/run";
import { oneLine } from "#render/escape";
import { renderRunPage } from "#render/run-page";
import { signaturesOf } from "#render/signatures";
import { argument, type CommandContext, type CommandHandler, type CommandOutcome, flag } from "../command.ts";
import { beat, giveBackProved, holderOf } from "../leases.ts";
import { runOptions } from "../options.ts";
import { type PlanView, viewPlan } from "../plan-view.ts";
import { findPlan } from "../plans.ts";
import { refuseLeased } from "../refuse-leased.ts";
import { wireRun } from "../running.ts";
import { activeRisks } from "../risk-status.ts";
import { openSession, type Session } from "../session.ts";
import { actionsAfter } from "../status-row.ts";
import { settlePlan } from "../settle.ts";
import { knownTroubles } from "../troubleshooting.ts";
import { dryRun } from "./dry-run.ts";
import { refuseAssistants } from "./trust.ts";

/** `iplan run PLAN`: runs a plan or goes on where it stopped, ticks what is proved and writes the receipt. */
export const run: CommandHandler = async (context, input) => {
  const session = await openSession(context.host, context.cwd);
  const view = await viewPlan(session, findPlan(session, argument(input, "plan") ?? ""));
  const options = runOptions(session, view, input);
  if (options.trust !== undefined) refuseAssistants(context, "approve commands");
  if (flag(input, "dry-run")) return dryRun(context, session, view, options);
  refuseLeased(context, session, view, options.only ?? options.redo);
  beat(session, holderOf(session, context.actor));
  const wire = wireRun(context, session, view);
  let result: RunResult;
  try {
    result = await runPlan(view.understood, wire.context, options);
  } finally {
    wire.close();
  }
  const settled = await settleAfter(session, view, result, context.actor);
  return outcome(context, { session, before: view, after: settled }, result, "run");
};

/** The last write-back of a run. Throws `host/…` when the document cannot be written; the journal keeps everything. */
export async function settleAfter(
  session: Session,
  view: PlanView,
  { record }: RunResult,
  actor: Actor,
): Promise<PlanView> {
  const commit = (): string | undefined => session.host.git(session.root).head();
  try {
    const settled = await settlePlan(session, view.document.path, { actor, commit, record, former: view });
    const given = giveBackProved(session, settled.view, holderOf(session, actor), actor);
    // Why: how long it was worked on is known only now.
    return given ? (await settlePlan(session, view.document.path, { actor, commit })).view : settled.view;
  } catch (error) {
    if (!(error instanceof IplanError)) throw error;
    throw new IplanError(
      error.code,
      `The run is recorded, but the document is not up to date: ${error.message}`,
      error.cure,
    );
  }
}

/** The answer of `run` and `verify`. */
export function outcome(
  context: CommandContext,
  { session, before, after: view }: { readonly session: Session; readonly before: PlanView; readonly after: PlanView },
  result: RunResult,
  kind: "run" | "verify",
): CommandOutcome {
  const { record: _record, ...found } = result;
  const data = { ...found, items: found.items.map((item) => asItStands(item, view)) };
  const edited = editedSteps(before, view);
  if (edited.length > 0) context.progress(editedNotice(view, edited));
  const troubles = knownTroubles(session, before, result.steps.filter(isFailed));
  const risks = activeRisks(view);
  const after = actionsAfter(view);
  return {
    kind,
    exitCode: worstExitCode([result.exitCode, ...(edited.length > 0 ? [exitCodes.findings] : [])]),
    data: {
      ...data,
      planVerdict: view.standing.verdict,
      ...(troubles.length > 0 ? { troubleshooting: troubles } : {}),
      ...(edited.length > 0 ? { edited } : {}),
      ...(risks.length > 0 ? { risks } : {}),
      ...(after.length > 0 ? { nextActions: after } : {}),
    },
    page: () =>
      renderRunPage(
        data,
        {
          plan: view.understood.id,
          path: view.document.path,
          verdict: view.standing.verdict,
          signed: signaturesOf(view.standing),
          troubles,
          risks,
          nextActions: after,
        },
        context.paint,
        context.width,
      ),
  };
}

/** Why: a run knows what this machine recorded; that somebody signed or committed elsewhere stands in the receipt. */
function asItStands(item: RunResult["items"][number], { standing }: PlanView): RunResult["items"][number] {
  const now = standing.tasks.get(item.unit) ?? standing.items.get(item.unit);
  const isSettled = item.verdict === "manual" && now?.verdict === "verified";
  return isSettled ? { ...item, verdict: now.verdict, reason: now.reason } : item;
}

function isFailed({ verdict }: { readonly verdict: Verdict }): boolean {
  return verdict === "failed" || verdict === "suspect" || verdict === "unknown";
}

/** Numbers of the steps that were edited or added while the plan ran, and so are not what was proved. */
function editedSteps(before: PlanView, after: PlanView): readonly string[] {
  if (before.understood.planHash === after.understood.planHash) return [];
  const known = new Set(before.understood.steps.map((step) => step.subject));
  return after.understood.steps
    .filter((step) => !known.has(step.subject) && after.standing.steps.get(step.key)?.verdict !== "verified")
    .map((step) => step.number);
}

function editedNotice({ understood: { id } }: PlanView, numbers: readonly string[]): string {
  const steps = `step${numbers.length === 1 ? "" : "s"} ${oneLine(numbers.join(", "))}`;
  return `The plan was edited while it ran: ${steps} did not run as written now.\nReview and go on: iplan trust ${id} && iplan run ${id}\n`;
}
