import type { Lease, LeaseHolder } from "#guide/lease";
import type { Actor } from "#model/run";
import { dropLease, giveBack, leaseBook } from "../leases.ts";
import { viewPlan } from "../plan-view.ts";
import { allPlans } from "../plans.ts";
import { openSession, type Session } from "../session.ts";
import type { HookScene } from "./hook-scene.ts";

/** A unit that was taken and is not proved. */
interface LeftUnit {
  readonly lease: Lease;
  readonly verdict: string;
  readonly reason: string;
}

/** What a holder would leave unproved by stopping now, in words; undefined for nothing. Leases of what is proved are given back. */
export async function leavesUnproved(
  scene: HookScene,
  { holder, actor }: { readonly holder: LeaseHolder; readonly actor: Actor },
  isMeant: (lease: Lease) => boolean = () => true,
): Promise<string | undefined> {
  const own = leaseBook(scene).live.filter((lease) => lease.holder.id === holder.id && isMeant(lease));
  if (own.length === 0) return undefined;
  const session = await openSession(scene.host, scene.cwd);
  const left: LeftUnit[] = [];
  for (const lease of own) left.push(...(await leftOf(session, lease, actor)));
  return left.length === 0 ? undefined : left.map(wordsOf).join("\n");
}

async function leftOf(session: Session, lease: Lease, actor: Actor): Promise<readonly LeftUnit[]> {
  const plan = allPlans(session).find(({ id }) => id === lease.plan);
  const view = plan === undefined ? undefined : await viewPlan(session, plan);
  const found = view?.standing.steps.get(lease.unit) ?? view?.standing.tasks.get(lease.unit);
  // Why: a plan or unit that is gone cannot be proved, and nobody may be held for ever.
  if (plan === undefined || found === undefined) {
    dropLease(session, lease);
    return [];
  }
  if (found.verdict === "verified" || found.verdict === "skipped") {
    giveBack(session, lease, plan, actor);
    return [];
  }
  return [{ lease, verdict: found.verdict, reason: found.reason }];
}

function wordsOf({ lease: { plan, unit }, verdict, reason }: LeftUnit): string {
  const name = unit.replace(/^(?:step|task):/u, "");
  const isStep = unit.startsWith("step:");
  const prove = isStep && verdict !== "handoff" ? `iplan run ${plan} --only ${name}` : `iplan verify ${plan} ${name}`;
  return [
    `You took ${plan} ${unit}, and it is ${verdict}: ${reason.split("\n")[0] ?? ""}`,
    `  prove it:     ${prove}`,
    `  or say why it cannot go on: iplan note ${plan} --block 'reason' --unit ${unit}`,
    `  or give it back:            iplan note ${plan} --release --unit ${unit}`,
  ].join("\n");
}
