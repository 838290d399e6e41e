import { createHandoff, type Handoff } from "#guide/handoff";
import { leasesOn } from "#guide/lease";
import { createPacket } from "#guide/packet";
import { blockersOf, leaseBook } from "./leases.ts";
import type { FoundUnit } from "./next-step.ts";
import { packetFacts } from "./packet-facts.ts";
import type { Session } from "./session.ts";

/** Everything a fresh reader needs to go on where `next` found something to do. */
export async function handoffOf(session: Session, found: FoundUnit, maxTokens: number): Promise<Handoff> {
  const { view, unit } = found;
  const next = createPacket(view.understood, unit, await packetFacts(session, found), maxTokens);
  return createHandoff(view.understood, view.standing, {
    path: view.document.path,
    leases: leasesOn(leaseBook(session), view.understood.id),
    blocked: blockersOf(view),
    notes: (view.memory?.notes.notes ?? []).map(
      ({ at, kind, unit: about, text, actor }) =>
        `${at.slice(0, 16)} ${kind}${about === undefined ? "" : ` ${about}`} (${actor.name}): ${text.split("\n")[0] ?? ""}`,
    ),
    next,
  });
}
