import { IplanError } from "#model/errors";
import type { AppendFile, Clock, Files, Hash } from "#model/ports";
import type { JournalEvent, JournalEventBody } from "#model/run";
import type { JournalDamage } from "./find-damage.ts";
import { chainStart, sealEvent } from "./hash-chain.ts";
import { readJournal } from "./read-journal.ts";
import { cleanBody } from "./clean-body.ts";

/** What a journal needs from the outside world. */
export interface JournalPorts {
  readonly files: Files;
  readonly clock: Clock;
  readonly hash: Hash;
}

/** Where a journal lies and how it is sealed. */
export interface JournalPlace {
  /** Absolute path of the file, `<run>.ndjson`. */
  readonly path: string;
  readonly run: string;
  /** The workspace's key in hex. */
  readonly key: string;
  /** Removes secrets from free text before it is written. */
  readonly redact?: (text: string) => string;
}

/** An open journal: events go to its end and are never changed. */
export interface Journal {
  readonly run: string;
  readonly path: string;
  /** Writes the event at the end; it is on disk after the next `sync`. */
  append(body: JournalEventBody): JournalEvent;
  /** Returns when every appended event is on disk. */
  sync(): void;
  /** Resolves when every event appended until now is on disk; more may be appended meanwhile. To be awaited before `close`. */
  synced(): Promise<void>;
  close(): void;
}

/** Opens a journal for appending and gives the events it holds; creates it when it is missing and cuts off a torn last line. */
export function openJournal(
  place: JournalPlace,
  ports: JournalPorts,
): { journal: Journal; events: readonly JournalEvent[] } {
  const content = readJournal(ports.files, place.path, { key: place.key, hash: ports.hash });
  if (content?.origin === "foreign") {
    throw new IplanError(
      "journal/damaged",
      `${place.path} does not carry this workspace's key`,
      "It came from another machine or copy. Move it away and run the plan again.",
    );
  }
  if (content?.torn === true) {
    const bytes = ports.files.read(place.path) ?? new Uint8Array();
    ports.files.writeAtomic(place.path, bytes.subarray(0, content.wholeBytes));
  }
  const first = content?.damage[0];
  if (first !== undefined) throw damagedJournal(first);
  const events = content?.events ?? [];
  return { journal: new AppendedJournal(place, ports, events), events };
}

function damagedJournal({ path, message }: JournalDamage): IplanError {
  return new IplanError(
    "journal/damaged",
    message,
    `Move the file away (mv ${path} ${path}.damaged) and run the plan again: what is done is proved by its verifications first.`,
  );
}

class AppendedJournal implements Journal {
  readonly run: string;
  readonly path: string;
  readonly #place: JournalPlace;
  readonly #ports: JournalPorts;
  readonly #file: AppendFile;
  readonly #encoder: TextEncoder = new TextEncoder();
  #seq: number;
  #prev: string;
  #dirty = false;
  #pending = 0;
  #broken: unknown;

  constructor(place: JournalPlace, ports: JournalPorts, events: readonly JournalEvent[]) {
    this.run = place.run;
    this.path = place.path;
    this.#place = place;
    this.#ports = ports;
    this.#seq = events.length;
    this.#prev = events.at(-1)?.hash ?? chainStart;
    this.#file = ports.files.openAppend(place.path);
  }

  append(body: JournalEventBody): JournalEvent {
    const at = new Date(this.#ports.clock.now()).toISOString();
    const chained = { run: this.run, seq: this.#seq + 1, at, prev: this.#prev };
    const event = sealEvent(cleanBody(body, this.#place.redact), chained, this.#place.key, this.#ports.hash);
    this.#guarded(() => this.#file.append(this.#encoder.encode(`${JSON.stringify(event)}\n`)));
    this.#seq = event.seq;
    this.#prev = event.hash;
    this.#dirty = true;
    return event;
  }

  sync(): void {
    if (!this.#dirty && this.#pending === 0) return;
    this.#guarded(() => this.#file.sync());
    this.#dirty = false;
  }

  async synced(): Promise<void> {
    if (this.#broken !== undefined) throw this.#broken;
    if (!this.#dirty && this.#pending === 0) return;
    this.#dirty = false;
    this.#pending += 1;
    try {
      await this.#file.synced();
    } catch (error) {
      this.#broken ??= error;
      throw error;
    } finally {
      this.#pending -= 1;
    }
  }

  close(): void {
    this.#file.close();
  }

  /** Why: after a failed write half a line may stand at the end; anything behind it would be damage, so nothing follows. */
  #guarded(write: () => void): void {
    if (this.#broken !== undefined) throw this.#broken;
    try {
      write();
    } catch (error) {
      this.#broken = error;
      throw error;
    }
  }
}
