import type { Ids } from "#model/ports";
import type { Files } from "#model/ports";
import type { JournalEvent, JournalEventBody } from "#model/run";
import type { UnitRecord } from "#model/understanding";
import type { WorkedEvent } from "./active-time.ts";
import { type JournalPorts, openJournal } from "./journal.ts";
import { type PlanPlace, isOfAnother, journalPaths, planSlug } from "./plan-journals.ts";
import { type JournalContent, type JournalKey, readJournal } from "./read-journal.ts";
import { emptyRun } from "./run-state.ts";
import { replay } from "./replay.ts";
import { prepareState } from "./workspace-state.ts";

/** A note as it was recorded. */
export type NoteEvent = Extract<JournalEvent, { type: "note" }>;

/** A signature as it was recorded. */
export type SignedEvent = Extract<JournalEvent, { type: "signed" }>;

/** A commit of the plan's files as it was recorded. */
export type CommittedEvent = Extract<JournalEvent, { type: "committed" }>;

/** Notes, signatures and commits of one plan, oldest first. */
export interface PlanNotes {
  readonly notes: readonly NoteEvent[];
  /** What signatures and commits say of units. */
  readonly signatures: ReadonlyMap<string, UnitRecord>;
  readonly signed: readonly SignedEvent[];
  readonly committed: readonly CommittedEvent[];
  readonly worked: readonly WorkedEvent[];
  readonly foreign: readonly string[];
  /** The files they were read from. */
  readonly own: readonly JournalContent[];
}

/** A note, signature, commit or stretch of work, still without its place in a file. */
export type NoteBody = Extract<JournalEventBody, { type: "note" | "signed" | "committed" | "worked" }>;

/** The ports that recording a note takes. */
export interface NotePorts extends JournalPorts {
  readonly ids: Ids;
}

/**
 * Records a note, signature or commit of a plan in a file of its own, durable when this returns, and gives the event. It needs no lock:
 * state is the merge of all files.
 */
export function recordNote(
  ports: NotePorts,
  place: {
    readonly root: string;
    readonly plan: string;
    /** Workspace-relative path of the plan. */
    readonly path?: string;
    readonly key: string;
    redact?: (text: string) => string;
  },
  body: NoteBody,
): JournalEvent {
  const folder = prepareState(ports.files, place.root).notes;
  const id = ports.ids.next();
  const path = `${folder}/${planSlug(place.plan)}.${id}.ndjson`;
  const run = path.slice(folder.length + 1, -".ndjson".length);
  const { journal } = openJournal({ path, run, key: place.key, ...(place.redact && { redact: place.redact }) }, ports);
  const event = journal.append(place.path === undefined ? body : { ...body, path: place.path });
  journal.sync();
  journal.close();
  return event;
}

/** Reads the notes and signatures of a plan. Throws as `readJournal` does. */
export function readPlanNotes(files: Files, folder: string, plan: PlanPlace, seal: JournalKey): PlanNotes {
  const prefix = `${folder}/${planSlug(plan.id)}.`;
  const contents = journalPaths(files, folder)
    .filter((path) => path.startsWith(prefix) && !path.slice(prefix.length).includes("/"))
    .flatMap((path) => readJournal(files, path, seal) ?? [])
    .filter((content) => !isOfAnother(files, plan, content.events));
  const own = contents.filter((content) => content.origin === "own");
  const events = own.flatMap((content) => content.events).sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
  return {
    notes: events.filter((event) => event.type === "note"),
    signatures: replay(
      events.filter((event) => event.type !== "note"),
      emptyRun,
    ).units,
    signed: events.filter((event) => event.type === "signed"),
    committed: events.filter((event) => event.type === "committed"),
    worked: events.filter((event) => event.type === "worked"),
    own,
    foreign: contents.filter((content) => content.origin === "foreign").map((content) => content.path),
  };
}
