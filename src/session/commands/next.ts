import { nextUnit, type NextUnit } from "#guide/next";
import { createPacket, type Packet } from "#guide/packet";
import { IplanError } from "#model/errors";
import { oneLine } from "#render/escape";
import { renderPacket } from "#render/packet-page";
import { argument, type CommandHandler, type CommandOutcome, option } from "../command.ts";
import { lastFailure } from "../output.ts";
import { type PlanView, viewPlan } from "../plan-view.ts";
import { findPlan, type PlanDocument, readPlans } from "../plans.ts";
import { openSession, type Session } from "../session.ts";
import { knownTroubles } from "../troubleshooting.ts";
import { noPlans } from "./status.ts";

const defaultTokens = 1500;

/** `iplan next [PLAN]`: the one thing to do now, over one or all plans, small enough for an assistant. */
export const next: CommandHandler = async (context, input) => {
  const session = await openSession(context.host, context.cwd);
  const limit = tokenLimit(option(input, "max-tokens"));
  const found = await findNext(session, argument(input, "plan"));
  if (found === undefined) return nothingLeft();
  if ("resting" in found) return nothingButRest(found.resting);
  const packet = packetOf(session, found.view, found.unit, limit);
  return {
    kind: "next",
    exitCode: found.unit.kind === "signature" ? 4 : 0,
    data: packet,
    page: () => renderPacket(packet, context.paint),
  };
};

function nothingLeft(): CommandOutcome {
  const page = (): string => "All is done: nothing is left to run or to sign.\n";
  return { kind: "next", exitCode: 0, data: { done: true }, page };
}

/** Why: a plan that people put aside is not done; going on with it is for people to decide. */
function nothingButRest(ids: readonly string[]): CommandOutcome {
  const page = (): string =>
    `Nothing to do now: ${oneLine(ids.join(", "))} ${ids.length === 1 ? "is" : "are"} on hold or aborted. Name a plan to see its next unit.\n`;
  return { kind: "next", exitCode: 4, data: { done: false, resting: ids }, page };
}

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

interface FoundUnit {
  readonly view: PlanView;
  readonly unit: NextUnit;
}

/** The first open unit; plans at rest when nothing else is left; undefined when all is done. */
async function findNext(
  session: Session,
  named: string | undefined,
): Promise<FoundUnit | { readonly resting: readonly string[] } | undefined> {
  const { plans, unreadable } =
    named === undefined ? readPlans(session) : { plans: [findPlan(session, named)], unreadable: [] };
  if (plans.length + unreadable.length === 0) throw noPlans(session);
  const active = plans.filter((plan) => named !== undefined || !isResting(plan));
  let signature: FoundUnit | undefined;
  let parts = 0;
  for (const plan of active) {
    const view = await viewPlan(session, plan);
    parts += view.understood.steps.length + view.standing.tasks.size + view.standing.items.size;
    const unit = nextUnit(view.understood, view.standing);
    if (unit !== undefined && unit.kind !== "signature") return { view, unit };
    if (unit !== undefined) signature ??= { view, unit };
  }
  if (signature !== undefined) return signature;
  if (unreadable[0] !== undefined) throw unreadable[0].error;
  if (active[0] === undefined) return { resting: plans.map((plan) => plan.id) };
  if (parts === 0) throw nothingToDo(active[0]);
  return undefined;
}

function isResting(plan: PlanDocument): boolean {
  const status = plan.plan.control?.status?.value;
  return status === "on-hold" || status === "aborted";
}

function nothingToDo({ id }: PlanDocument): IplanError {
  return new IplanError(
    "run/nothing-to-run",
    `${id} has no step, no task and nothing to check: there is nothing to do in it.`,
    `See what a plan needs: iplan check ${id}`,
  );
}

function packetOf(session: Session, view: PlanView, unit: NextUnit, limit: number): Packet {
  const failure = unit.kind === "step" ? lastFailure(session, view, unit.step.key) : undefined;
  const recorded =
    failure === undefined || unit.kind !== "step"
      ? {}
      : { failure, troubles: knownTroubles(session, view, [{ unit: unit.step.key, reason: failure.reason }]) };
  return createPacket(
    view.understood,
    unit,
    { plan: view.understood.id, notes: notesOf(view, unit), ...recorded },
    limit,
  );
}

/** The last notes of the plan as a whole and of the unit itself. */
function notesOf(view: PlanView, unit: NextUnit): readonly string[] {
  const key = unit.kind === "step" ? unit.step.key : unit.kind === "task" ? unit.task.key : unit.key;
  const notes = (view.memory?.notes.notes ?? []).filter((note) => note.unit === undefined || note.unit === key);
  return notes.slice(-3).map((note) => `${note.kind}: ${note.text.split("\n")[0] ?? ""}`);
}
