import { runPlan } from "#execute/run-plan";
import type { RunResult } from "#execute/run-result";
import { IplanError } from "#model/errors";
import type { Actor } from "#model/run";
import { renderRunPage } from "#render/run-page";
import { signaturesOf } from "#render/signatures";
import { argument, type CommandContext, type CommandHandler, type CommandOutcome, flag } from "../command.ts";
import { runOptions } from "../options.ts";
import { type PlanView, viewPlan } from "../plan-view.ts";
import { findPlan } from "../plans.ts";
import { wireRun } from "../running.ts";
import { openSession, type Session } from "../session.ts";
import { settlePlan } from "../settle.ts";
import { dryRun } from "./dry-run.ts";
import { refuseAssistants } from "./trust.ts";

/** `iplan run PLAN`: runs a plan or goes on where it stopped, ticks what is proved and writes the receipt. */
export const run: CommandHandler = async (context, input) => {
  const session = await openSession(context.host, context.cwd);
  const view = await viewPlan(session, findPlan(session, argument(input, "plan") ?? ""));
  const options = runOptions(session, view, input);
  if (options.trust !== undefined) refuseAssistants(context, "approve commands");
  if (flag(input, "dry-run")) return dryRun(context, session, view, options);
  const wire = wireRun(context, session, view);
  let result: RunResult;
  try {
    result = await runPlan(view.understood, wire.context, options);
  } finally {
    wire.close();
  }
  const settled = await settleAfter(session, view, context.actor);
  return outcome(context, settled, result, "run");
};

/** The last write-back of a run. Throws `host/…` when the document cannot be written; the journal keeps everything. */
export async function settleAfter(session: Session, view: PlanView, actor: Actor): Promise<PlanView> {
  const commit = (): string | undefined => session.host.git(session.root).head();
  try {
    return (await settlePlan(session, view.document.path, { actor, commit })).view;
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
  view: PlanView,
  result: RunResult,
  kind: "run" | "verify",
): CommandOutcome {
  const { record: _record, ...data } = result;
  return {
    kind,
    exitCode: result.exitCode,
    data: { ...data, planVerdict: view.standing.verdict },
    page: () =>
      renderRunPage(
        result,
        {
          plan: view.understood.id,
          path: view.document.path,
          verdict: view.standing.verdict,
          signed: signaturesOf(view.standing),
        },
        context.paint,
        context.width,
      ),
  };
}
