import type { RunResult } from "#execute/run-result";
import { verifyPlan } from "#execute/verify";
import { argument, type CommandHandler } from "../command.ts";
import { runOptions } from "../options.ts";
import { viewPlan } from "../plan-view.ts";
import { findPlan } from "../plans.ts";
import { wireRun } from "../running.ts";
import { openSession } from "../session.ts";
import { outcome, settleAfter } from "./run.ts";
import { refuseAssistants } from "./trust.ts";

/** `iplan verify PLAN [TASK|STEP]`: asks verifications only, records what they prove and ticks it. */
export const verify: CommandHandler = async (context, input) => {
  const session = await openSession(context.host, context.cwd);
  const view = await viewPlan(session, findPlan(session, argument(input, "plan") ?? ""));
  const options = runOptions(session, view, input);
  if (options.trust !== undefined) refuseAssistants(context, "approve commands");
  const wire = wireRun(context, session, view);
  let result: RunResult;
  try {
    result = await verifyPlan(view.understood, argument(input, "unit"), wire.context, options);
  } finally {
    wire.close();
  }
  const after = await settleAfter(session, view, result, context.actor);
  return outcome(context, { before: view, after }, result, "verify");
};
