import { keyOf, type NextUnit } from "#guide/next";
import type { PacketFacts } from "#guide/packet";
import type { StepUnit } from "#model/understanding";
import { lastFailure } from "./output.ts";
import type { PlanView } from "./plan-view.ts";
import type { Session } from "./session.ts";
import { knownTroubles } from "./troubleshooting.ts";

/** A unit of a plan to be told of. */
export interface ToldUnit {
  readonly view: PlanView;
  readonly unit: NextUnit;
}

/** What a packet tells beside plan and standing, read from journal, evidence and the documents that the plan's tags name. */
export async function packetFacts(session: Session, { view, unit }: ToldUnit): Promise<PacketFacts> {
  const step = unit.kind === "step" ? unit.step : undefined;
  const failure = step === undefined ? undefined : lastFailure(session, view, step.key);
  const troubles =
    failure === undefined || step === undefined
      ? undefined
      : knownTroubles(session, view, [{ unit: step.key, reason: failure.reason }]);
  const start = step === undefined ? undefined : startOf(view, step);
  return {
    plan: view.understood.id,
    notes: notesOf(view, unit),
    changed: changedSince(session, unit),
    ...(failure === undefined ? {} : { failure }),
    ...(troubles === undefined ? {} : { troubles }),
    ...(start === undefined ? {} : { start }),
    ...(step !== undefined && !isFirstToRun(view, step) ? { only: true } : {}),
    ...(await servedFacts(session, view, unit)),
  };
}

/** Why: reading other documents is loaded only for a plan that names any. */
async function servedFacts(
  session: Session,
  { understood }: PlanView,
  unit: NextUnit,
): Promise<Pick<PacketFacts, "requirements" | "decisions">> {
  const own = understood.plan.decisions.map(({ title, sources, items }) => {
    const from = sources.length === 0 ? "" : ` (from ${sources.map(({ text }) => text).join(", ")})`;
    return [`${title}${from}`, ...items.map(({ text }) => `- ${text}`)].join("\n");
  });
  const isTagged = understood.plan.tags.some((tag) => tag.live && tag.document !== undefined);
  if (unit.kind === "signature" || !isTagged) return { decisions: own };
  const [{ servedBy }, { servedTexts }] = await Promise.all([import("#guide/served"), import("./served-texts.ts")]);
  const { requirements, decisions } = await servedTexts(session, servedBy(understood, unit));
  return { requirements, decisions: [...own, ...decisions] };
}

/** Files that differ from what the unit's last verdict saw. */
function changedSince({ host, root }: Session, unit: NextUnit): readonly string[] {
  const { record, verdict } = unit.standing;
  return Object.entries(record?.files ?? {}).flatMap(([path, before]) => {
    const absolute = `${root}/${path}`;
    const isInside = !path.startsWith("/") && !path.split("/").includes("..");
    if (!isInside) return [];
    const now = host.files.stat(absolute)?.kind === "file" ? host.files.digest(absolute) : undefined;
    if (now === before) return [];
    return [`${path} ${now === undefined ? "is gone" : "differs"} since its last verdict (${verdict})`];
  });
}

/** Where the work before a step left the shell. */
function startOf({ understood: { steps }, record }: PlanView, step: StepUnit): PacketFacts["start"] {
  const before = steps.slice(0, steps.indexOf(step)).reverse();
  const last = before.map(({ key }) => record?.units.get(key)).find((unit) => unit?.directory !== undefined);
  return last?.directory === undefined ? undefined : { directory: last.directory, exported: last.exported ?? [] };
}

/** Verdicts that a run goes past. */
const passed: ReadonlySet<string> = new Set(["verified", "skipped", "manual", "unverifiable"]);

function isFirstToRun({ understood: { steps }, standing }: PlanView, step: StepUnit): boolean {
  return steps.find(({ key }) => !passed.has(standing.steps.get(key)?.verdict ?? "pending")) === step;
}

/** The last notes of the plan as a whole and of the unit itself. */
function notesOf(view: PlanView, unit: NextUnit): readonly string[] {
  const key = keyOf(unit);
  const notes = (view.memory?.notes.notes ?? []).filter((note) => note.unit === undefined || note.unit === key);
  return notes.slice(-3).map((note) => `${note.kind}: ${note.text.split("\n")[0] ?? ""}`);
}
