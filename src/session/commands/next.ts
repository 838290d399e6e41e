import { nextUnit, type NextUnit } from "#guide/next";
import { createPacket, type Packet } from "#guide/packet";
import { IplanError } from "#model/errors";
import { renderPacket } from "#render/packet-page";
import { argument, type CommandHandler, option } from "../command.ts";
import { lastFailure } from "../output.ts";
import { type PlanView, viewPlan } from "../plan-view.ts";
import { allPlans, findPlan } from "../plans.ts";
import { openSession, type Session } from "../session.ts";
import { noPlans } from "./status.ts";

const defaultTokens = 1500;

/** `iplan next [PLAN]`: the one thing to do now, over one or all plans, small enough for an assistant. */
export const next: CommandHandler = async (context, input) => {
  const session = await openSession(context.host, context.cwd);
  const limit = tokenLimit(option(input, "max-tokens"));
  const found = await findNext(session, argument(input, "plan"));
  if (found === undefined) {
    return {
      kind: "next",
      exitCode: 0,
      data: { done: true },
      page: () => "All is done: nothing is left to run or to sign.\n",
    };
  }
  const packet = packetOf(session, found.view, found.unit, limit);
  return {
    kind: "next",
    exitCode: found.unit.kind === "signature" ? 4 : 0,
    data: packet,
    page: () => renderPacket(packet, context.paint),
  };
};

function tokenLimit(text: string | undefined): number {
  if (text === undefined) return defaultTokens;
  const value = Number(text);
  if (Number.isInteger(value) && value >= 100) return value;
  throw new IplanError(
    "usage/arguments",
    `--max-tokens takes a whole number from 100, not ${text}.`,
    "Leave it out for 1500.",
  );
}

async function findNext(
  session: Session,
  named: string | undefined,
): Promise<{ view: PlanView; unit: NextUnit } | undefined> {
  const plans = named === undefined ? allPlans(session) : [findPlan(session, named)];
  if (plans.length === 0) throw noPlans(session);
  let signature: { view: PlanView; unit: NextUnit } | undefined;
  for (const plan of plans) {
    const status = plan.plan.control?.status?.value;
    if (named === undefined && (status === "on-hold" || status === "aborted")) continue;
    const view = await viewPlan(session, plan);
    const unit = nextUnit(view.understood, view.standing);
    if (unit !== undefined && unit.kind !== "signature") return { view, unit };
    if (unit !== undefined) signature ??= { view, unit };
  }
  return signature;
}

function packetOf(session: Session, view: PlanView, unit: NextUnit, limit: number): Packet {
  const failure = unit.kind === "step" ? lastFailure(session, view, unit.step.key) : undefined;
  return createPacket(
    view.understood,
    unit,
    { plan: view.understood.id, ...(failure === undefined ? {} : { failure }) },
    limit,
  );
}
