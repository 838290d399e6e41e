import { IplanError } from "#model/errors";
import type { JournalEvent } from "#model/run";

/** An event as it stands in a file, whatever format it was written in. */
export interface WrittenEvent {
  readonly v: number;
  readonly type: string;
  readonly run: string;
  readonly seq: number;
  readonly prev: string;
  readonly hash: string;
  readonly [member: string]: unknown;
}

/** Makes an event of one format into one of the next. Place and seal stay as they were written. */
export type Migration = (event: WrittenEvent) => WrittenEvent;

/** The formats of journals a program knows: what it writes, and how it reads what is older. */
export interface JournalFormats {
  /** The format that is written; a higher one is refused. */
  readonly current: number;
  /** By format, the step to the next one. */
  readonly migrations: Readonly<Record<number, Migration>>;
  /** Types of events in the current format. */
  readonly types: ReadonlySet<string>;
}

/**
 * The event in the current format. It is read so, never rewritten: its seal is over the bytes it was written with. Throws IplanError
 * `journal/newer-format` for a format or a type of event that only a newer program knows.
 */
export function migrateEvent(event: WrittenEvent, formats: JournalFormats, place: string): JournalEvent {
  if (event.v > formats.current) {
    throw newer(place, `format ${event.v}, this one reads up to ${formats.current}`);
  }
  let current = event;
  while (current.v < formats.current) {
    const migration = formats.migrations[current.v];
    if (migration === undefined) throw tooOld(place, current.v);
    current = { ...migration(current), v: current.v + 1 };
  }
  if (!formats.types.has(current.type)) throw newer(place, `events of type ${current.type.slice(0, 40)}`);
  return current as unknown as JournalEvent;
}

function newer(place: string, what: string): IplanError {
  return new IplanError(
    "journal/newer-format",
    `Written by a newer iplan (${what}): ${place}`,
    "Update iplan: npm install -g iplan@latest",
  );
}

function tooOld(place: string, version: number): IplanError {
  return new IplanError(
    "journal/newer-format",
    `${place} has format ${version}, which no iplan wrote`,
    `Move the file away and run the plan again: what is done is proved by its verifications first.`,
  );
}
