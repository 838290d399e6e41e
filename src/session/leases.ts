import { type Lease, type LeaseBook, type LeaseHolder, leasesOn, overlapsOf } from "#guide/lease";
import { readLeases, releaseLease, renewLeases, type Taking, takeLease } from "#guide/lease-store";
import { keyOf, type Withheld, type WorkUnit } from "#guide/next";
import { recordNote } from "#journal/notes";
import { IplanError } from "#model/errors";
import type { Actor } from "#model/run";
import { type LeaseGround, leasePlace, prepareLeasePlace } from "./lease-place.ts";
import { notePlace } from "./note-place.ts";
import type { PlanView } from "./plan-view.ts";
import type { Session } from "./session.ts";

/** Variable that names a stretch of work where several go on in one worktree. */
export const holderVariable = "IPLAN_HOLDER";

const nobody: LeaseBook = { live: [], expired: [], ignored: [] };

/** Who takes: by the name that was given, else the actor in this worktree. */
export function holderOf({ host, root }: LeaseGround, actor: Actor, named?: string): LeaseHolder {
  const given = (named ?? host.machine.environment[holderVariable] ?? "").trim();
  const name = given === "" ? actor.name : given;
  return { id: given === "" ? `${actor.name} in ${root}` : `${given} (named)`, name, kind: actor.kind };
}

/** The leases of the workspace as they are now. Nothing is made or written. */
export function leaseBook(session: LeaseGround): LeaseBook {
  const place = leasePlace(session);
  return place === undefined ? nobody : readLeases(session.host, place);
}

/** What of a plan is not to be handed out to a holder, and what the holder has already. */
export function withheldOf(
  view: Pick<PlanView, "understood"> & { readonly memory?: PlanView["memory"] | undefined },
  book: LeaseBook,
  holder: LeaseHolder,
): Withheld {
  const leases = leasesOn(book, view.understood.id);
  return {
    taken: new Set(leases.filter((lease) => lease.holder.id !== holder.id).map((lease) => lease.unit)),
    own: new Set(leases.filter((lease) => lease.holder.id === holder.id).map((lease) => lease.unit)),
    blocked: new Set(blockersOf(view).keys()),
  };
}

/** By unit, why it is blocked: its last word of blocker or release is a blocker. */
export function blockersOf({
  memory,
}: {
  readonly memory?: PlanView["memory"] | undefined;
}): ReadonlyMap<string, string> {
  const blocked = new Map<string, string>();
  for (const { kind, unit, text } of memory?.notes.notes ?? []) {
    if (unit === undefined) continue;
    if (kind === "blocker") blocked.set(unit, text);
    if (kind === "release") blocked.delete(unit);
  }
  return blocked;
}

/** Takes a unit, or renews what the holder has of it. */
export function takeUnit(session: Session, view: PlanView, unit: WorkUnit, holder: LeaseHolder): Taking {
  const files = unit.kind === "step" ? unit.step.files : unit.task.task.files.map((file) => file.text);
  const title = unit.kind === "step" ? unit.step.title : unit.task.task.name;
  const request = { plan: view.understood.id, unit: keyOf(unit), title, files: [...files], holder };
  return takeLease(session.host, prepareLeasePlace(session), request);
}

/** Tells that the holder is alive: its leases last anew. What cannot be written is no error: the next command tells again. */
export function beat(session: LeaseGround, holder: LeaseHolder): readonly Lease[] {
  const place = leasePlace(session);
  if (place === undefined) return [];
  try {
    return renewLeases(session.host, place, holder.id);
  } catch (error) {
    if (error instanceof IplanError) return [];
    throw error;
  }
}

/** Gives a lease back whose plan or unit is not there any more; nothing is recorded of it. */
export function dropLease(ground: LeaseGround, lease: Lease): void {
  const place = leasePlace(ground);
  if (place !== undefined) releaseLease(ground.host, place, lease);
}

/** Gives a lease back and records how long the unit was worked on; false when its holder has it no more. */
export function giveBack(
  session: Session,
  lease: Lease,
  document: { readonly id: string; readonly path: string },
  actor: Actor,
): boolean {
  const place = leasePlace(session);
  if (place === undefined || !releaseLease(session.host, place, lease)) return false;
  const [from, to] = [lease.takenAt, session.host.clock.now()].map((at) => new Date(at).toISOString());
  recordNote(session.host, notePlace(session, document), {
    type: "worked",
    unit: lease.unit,
    from: from ?? "",
    to: to ?? "",
    actor,
  });
  return true;
}

/** Gives back what a holder took of a plan and is proved: nothing is left to do in it. True when there was something. */
export function giveBackProved(
  session: Session,
  { document, understood, standing }: PlanView,
  holder: LeaseHolder,
  actor: Actor,
): boolean {
  let given = false;
  for (const lease of leasesOn(leaseBook(session), understood.id)) {
    if (lease.holder.id !== holder.id) continue;
    const found = standing.steps.get(lease.unit) ?? standing.tasks.get(lease.unit);
    if (found?.verdict === "verified") given = giveBack(session, lease, document, actor) || given;
  }
  return given;
}

/** Files of a unit that others work on now, in words. */
export function overlapNotices(files: readonly string[], holder: LeaseHolder, book: LeaseBook): readonly string[] {
  return overlapsOf(files, holder.id, book).map(
    ({ file, lease }) => `${file} is also worked on in ${lease.plan} ${lease.unit}, taken by ${lease.holder.name}`,
  );
}
