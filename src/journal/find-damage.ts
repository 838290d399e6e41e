import type { Hash } from "#model/ports";
import { chainStart, isSealed } from "./hash-chain.ts";
import type { WrittenEvent } from "./migrate.ts";

/** What was done to a journal, as far as chain and key tell. */
export type DamageKind =
  | "unreadable"
  | "edited"
  | "inserted"
  | "missing"
  | "reordered"
  | "repeated"
  | "other-run"
  | "spliced"
  | "truncated";

/** A place where a journal is not what was written. */
export interface JournalDamage {
  /** Absolute path of the file. */
  readonly path: string;
  /** From 1. */
  readonly line: number;
  /** Number of the event that should stand there, or that does not belong there. */
  readonly seq: number;
  readonly kind: DamageKind;
  /** One sentence with file, line and event. */
  readonly message: string;
}

/** What the chain proves of a journal's lines, and where it breaks. */
export interface ExaminedLines {
  /** Events before the first damage; each is proved by key and chain. */
  readonly proven: readonly WrittenEvent[];
  readonly damage: readonly JournalDamage[];
}

/** How a journal is examined: which run its file is named for, and the key. */
export interface Examination {
  readonly path: string;
  readonly run: string;
  readonly key: string;
  readonly hash: Hash;
}

/** Follows the chain through all lines; `undefined` is a line that is no event. Goes on behind each damage at the next event the key proves. */
export function examineLines(lines: readonly (WrittenEvent | undefined)[], place: Examination): ExaminedLines {
  return new Chain(lines, place).examined();
}

class Chain {
  readonly #lines: readonly (WrittenEvent | undefined)[];
  readonly #place: Examination;
  readonly #sealed: readonly boolean[];
  readonly #proven: WrittenEvent[] = [];
  readonly #damage: JournalDamage[] = [];
  readonly #seen = new Set<number>();
  #seq = 1;
  /** Hash the next event must name; undefined where what stood before is lost. */
  #prev: string | undefined = chainStart;

  constructor(lines: readonly (WrittenEvent | undefined)[], place: Examination) {
    this.#lines = lines;
    this.#place = place;
    this.#sealed = lines.map((event) => event !== undefined && isSealed(event, place.key, place.hash));
  }

  examined(): ExaminedLines {
    for (const [index, event] of this.#lines.entries()) this.#line(index, event);
    return { proven: this.#proven, damage: this.#damage };
  }

  #line(index: number, event: WrittenEvent | undefined): void {
    if (event === undefined || this.#sealed[index] !== true) this.#unsealed(index, event);
    else if (event.run !== this.#place.run) this.#report(index, event.seq, "other-run", `belongs to run ${event.run}`);
    else if (event.seq === this.#seq) this.#inOrder(index, event);
    else this.#outOfOrder(index, event);
  }

  #inOrder(index: number, event: WrittenEvent): void {
    if (this.#prev !== undefined && event.prev !== this.#prev)
      this.#report(index, event.seq, "spliced", "continues another copy of this journal");
    else if (this.#damage.length === 0) this.#proven.push(event);
    this.#goOnBehind(event);
  }

  #outOfOrder(index: number, event: WrittenEvent): void {
    if (event.seq < this.#seq) {
      if (this.#seen.has(event.seq)) this.#report(index, event.seq, "repeated", `repeats event ${event.seq}`);
      this.#seen.add(event.seq);
      return;
    }
    const comesLater = this.#lines.some(
      (other, at) => at > index && other?.seq === this.#seq && this.#sealed[at] === true,
    );
    if (comesLater) {
      this.#report(index, event.seq, "reordered", `holds event ${event.seq} where event ${this.#seq} should stand`);
    } else {
      const last = event.seq - 1;
      const lost = last === this.#seq ? `event ${last} is` : `events ${this.#seq} to ${last} are`;
      this.#report(index, this.#seq, "missing", `comes too early: ${lost} missing before it`);
    }
    this.#goOnBehind(event);
  }

  /** A line without our seal: put in where the chain goes on behind it, else in the place of the event that stood there. */
  #unsealed(index: number, event: WrittenEvent | undefined): void {
    const next = this.#lines[index + 1];
    const isExtra = this.#sealed[index + 1] === true && next?.seq === this.#seq;
    if (isExtra) this.#report(index, this.#seq, "inserted", "was put in; this machine did not write it");
    else if (event === undefined) this.#report(index, this.#seq, "unreadable", "is not an event");
    else this.#report(index, this.#seq, "edited", "was changed after it was written, or this machine did not write it");
    if (isExtra) return;
    this.#seq += 1;
    this.#prev = undefined;
  }

  #goOnBehind(event: WrittenEvent): void {
    this.#seen.add(event.seq);
    this.#seq = event.seq + 1;
    this.#prev = event.hash;
  }

  #report(index: number, seq: number, kind: DamageKind, what: string): void {
    const { path } = this.#place;
    const former = this.#damage.at(-1);
    // Why: a file under the name of another run is one damage, not one a line.
    if (kind === "other-run" && former?.kind === kind) return;
    const line = index + 1;
    this.#damage.push({ path, line, seq, kind, message: `${inWorkspace(path)}:${line} (event ${seq}) ${what}` });
  }
}

/** Why: a place is given to people as they would name it, from the workspace's root on. */
function inWorkspace(path: string): string {
  return path.slice(path.lastIndexOf("/.iplan/") + 1);
}
