import type { RunResult } from "#execute/run-result";
import { verifyPlan } from "#execute/verify";
import { IplanError } from "#model/errors";
import { argument, type CommandHandler, flag, option } from "../command.ts";
import { beat, holderOf } from "../leases.ts";
import { runOptions } from "../options.ts";
import { viewPlan } from "../plan-view.ts";
import { findPlan } from "../plans.ts";
import { refuseLeased } from "../refuse-leased.ts";
import { wireRun } from "../running.ts";
import { openSession } from "../session.ts";
import { audit } from "./audit.ts";
import { outcome, settleAfter } from "./run.ts";
import { refuseAssistants } from "./trust.ts";
import { verifyBundle } from "./verify-bundle.ts";

/** `iplan verify PLAN [TASK|STEP]`: asks verifications only, records what they prove and ticks it. */
export const verify: CommandHandler = async (context, input) => {
  if (option(input, "bundle") !== undefined) return verifyBundle(context, input);
  refuseKey(option(input, "key"));
  const session = await openSession(context.host, context.cwd);
  if (option(input, "trust") !== undefined) refuseAssistants(context, "approve commands");
  if (flag(input, "audit")) return audit(context, session, input);
  const named = argument(input, "plan");
  if (named === undefined) {
    throw new IplanError(
      "usage/arguments",
      "verify needs a plan; only an audit goes over all of them.",
      "iplan verify IPLAN-001, or iplan verify --audit",
    );
  }
  const view = await viewPlan(session, findPlan(session, named));
  const options = runOptions(session, view, input);
  refuseLeased(context, session, view, argument(input, "unit"));
  beat(session, holderOf(session, context.actor));
  const wire = wireRun(context, session, view);
  let result: RunResult;
  try {
    result = await verifyPlan(view.understood, argument(input, "unit"), wire.context, options);
  } finally {
    wire.close();
  }
  const after = await settleAfter(session, view, result, context.actor);
  return outcome(context, { session, before: view, after }, result, "verify");
};

function refuseKey(key: string | undefined): void {
  if (key === undefined) return;
  throw new IplanError("usage/arguments", "--key is for bundles only.", "iplan verify --bundle FILE --key FILE");
}
