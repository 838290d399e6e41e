import { type Lease, leasesOn } from "#guide/lease";
import { openUnits } from "#guide/next";
import type { CommandContext } from "./command.ts";
import { holderOf, leaseBook } from "./leases.ts";
import { leased } from "./next-step.ts";
import type { PlanView } from "./plan-view.ts";
import type { Session } from "./session.ts";
import { findUnit } from "./units.ts";

/**
 * Keeps whoever is no person from working on what somebody else took: throws `run/leased`. A person at a terminal is told and goes on.
 * `named` is the step or task that is asked for; without it all that is open is meant.
 */
export function refuseLeased(context: CommandContext, session: Session, view: PlanView, named?: string): void {
  const holder = holderOf(session, context.actor);
  const others = leasesOn(leaseBook(session), view.understood.id).filter((lease) => lease.holder.id !== holder.id);
  if (others.length === 0) return;
  const meant = named === undefined ? openKeys(view) : keysOf(view, named);
  const [first, ...more] = others.filter(({ unit }) => meant.has(unit));
  if (first === undefined) return;
  const error = leased(first, session.host.clock.now());
  if (context.actor.kind !== "person") throw error;
  for (const lease of [first, ...more]) context.progress(`! ${wordsOf(lease)}\n`);
}

function wordsOf({ holder, plan, unit }: Lease): string {
  return `${holder.name} works on ${plan} ${unit} now.`;
}

function openKeys({ understood, standing }: PlanView): ReadonlySet<string> {
  return new Set(openUnits(understood, standing).map(({ key }) => key));
}

/** A task stands for the steps that work on it, and a step for its tasks. */
function keysOf(view: PlanView, named: string): ReadonlySet<string> {
  const { key } = findUnit(view, named);
  const tasks = view.understood.phases.flatMap((phase) => phase.tasks);
  const related = tasks.flatMap((task) => {
    if (task.key === key) return task.steps;
    return task.steps.includes(key) ? [task.key] : [];
  });
  return new Set([key, ...related]);
}
