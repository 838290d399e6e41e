import type { Finding } from "#model/finding";
import type { Hash } from "#model/ports";
import type { JournalEvent } from "#model/run";
import type { PlanStanding, StepUnit, UnderstoodPlan } from "#model/understanding";

/** What is known of a plan, as the shapes of the public standard are made of it. */
export interface StandardScene {
  readonly understood: UnderstoodPlan;
  readonly standing: PlanStanding;
  /** Workspace-relative. */
  readonly path: string;
  /** Events of its runs on this machine, in order; notes and signatures too. */
  readonly events: readonly JournalEvent[];
  /** Tags that lead upwards, by their names: `REQ-003:AC-001`. */
  readonly upstream: Readonly<Record<string, readonly string[]>>;
  readonly findings: readonly Finding[];
  /** Readiness from 0 to 100. */
  readonly score: number;
  /** Name and version of this program. */
  readonly tool: string;
  readonly branch?: string;
  readonly commit?: string;
  readonly secrets: boolean;
  readonly hash: Hash;
}

/** Version of the standard's schemas that the shapes are those of. */
export const schemaVersion = "1.3-draft";

/** What stands where the standard asks for something that the plan does not say. */
export const notStated = "Not stated in the plan.";

/** `STEP-003`, `WORK-003`: the place of a step in the order of running. */
export function placeId(kind: "STEP" | "WORK" | "TODO", index: number): string {
  return `${kind}-${String(index + 1).padStart(3, "0")}`;
}

/** The id of a step by its key; the first one's where there is none of that key. */
export function stepIdOf({ understood }: StandardScene, key: string): string {
  return placeId(
    "STEP",
    Math.max(
      0,
      understood.steps.findIndex((step) => step.key === key),
    ),
  );
}

/** The list, or what stands for it where it is empty: the standard asks for one at least. */
export function atLeast(list: readonly string[], otherwise: string = notStated): readonly string[] {
  const said = list.filter((text) => text.trim() !== "");
  return said.length === 0 ? [otherwise] : said;
}

/** Texts of the blocks of a role in a step. */
export function textsOf(step: StepUnit, role: "action" | "verification"): readonly string[] {
  return step.blocks.filter((block) => block.role === role).map(({ block }) => block.text.trim());
}

/** The time of the last thing recorded, else when the document says that it was written; the standard asks for one. */
export function lastTime(scene: StandardScene): string {
  return scene.events.reduce((latest, { at }) => (at > latest ? at : latest), "") || writtenTime(scene, "lastUpdated");
}

/** When the document says it was made or changed, as the standard writes times; midnight where it says a day, 1970 where it says nothing. */
export function writtenTime({ understood: { plan } }: StandardScene, key: "created" | "lastUpdated"): string {
  const iso = plan.control?.[key]?.value?.iso ?? plan.control?.created?.value?.iso ?? "1970-01-01";
  if (iso.length === 10) return `${iso}T00:00:00Z`;
  return /(?:Z|[+-]\d{2}:?\d{2})$/u.test(iso) ? iso : `${iso}Z`;
}

/** The last run of this machine; `none` where nothing ran on it. */
export function runOf({ events }: StandardScene): string {
  return events.findLast((event) => event.type === "run-started")?.run ?? "none";
}

/** Id of this state of the plan: its path and the hash of all that verdicts rest on. */
export function versionId({ path, understood }: StandardScene): string {
  return `${path}@${understood.planHash}`;
}
