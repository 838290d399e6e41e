import { keyOf, type NextUnit } from "#guide/next";
import type { PacketFacts } from "#guide/packet";
import { lastFailure } from "./output.ts";
import type { PlanView } from "./plan-view.ts";
import type { Session } from "./session.ts";
import { knownTroubles } from "./troubleshooting.ts";

/** What a packet tells beside plan and standing, read from journal and evidence. */
export function packetFacts(
  session: Session,
  { view, unit }: { readonly view: PlanView; readonly unit: NextUnit },
): PacketFacts {
  const failure = unit.kind === "step" ? lastFailure(session, view, unit.step.key) : undefined;
  const recorded =
    failure === undefined || unit.kind !== "step"
      ? {}
      : { failure, troubles: knownTroubles(session, view, [{ unit: unit.step.key, reason: failure.reason }]) };
  return { plan: view.understood.id, notes: notesOf(view, unit), ...recorded };
}

/** The last notes of the plan as a whole and of the unit itself. */
function notesOf(view: PlanView, unit: NextUnit): readonly string[] {
  const key = keyOf(unit);
  const notes = (view.memory?.notes.notes ?? []).filter((note) => note.unit === undefined || note.unit === key);
  return notes.slice(-3).map((note) => `${note.kind}: ${note.text.split("\n")[0] ?? ""}`);
}
