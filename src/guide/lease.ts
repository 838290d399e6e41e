import type { Actor } from "#model/run";

/** Who took a unit: one stretch of work, known by the worktree it happens in or by the name it was given. */
export interface LeaseHolder {
  /** The same for every call of one stretch of work. */
  readonly id: string;
  readonly name: string;
  readonly kind: Actor["kind"];
}

/** A unit of a plan that somebody works on now. Times are milliseconds since the epoch. */
export interface Lease {
  readonly plan: string;
  /** Key of the step or task. */
  readonly unit: string;
  readonly title: string;
  /** Files the unit declares, relative to the workspace. */
  readonly files: readonly string[];
  readonly holder: LeaseHolder;
  readonly takenAt: number;
  readonly renewedAt: number;
  readonly expiresAt: number;
}

/** What is known of the leases of a workspace. */
export interface LeaseBook {
  readonly live: readonly Lease[];
  /** Given up by time alone: their holders never said that they are done. */
  readonly expired: readonly Lease[];
  /** Names of files that this machine did not write, or that are damaged; they hold nothing. */
  readonly ignored: readonly string[];
}

/** How long a lease holds without a sign of life: every command of its holder is one. */
export const leaseMs: number = 30 * 60_000;

/** True while a lease keeps others away. Why: a time further ahead than any lease lasts was written before the clock was set back. */
export function isLive({ expiresAt }: Lease, now: number): boolean {
  return now < expiresAt && expiresAt - now <= 2 * leaseMs;
}

/** The live leases on a plan. */
export function leasesOn(book: LeaseBook, plan: string): readonly Lease[] {
  return book.live.filter((lease) => lease.plan === plan);
}

/** A file that two units declare, and who works on the other one. */
export interface Overlap {
  readonly file: string;
  readonly lease: Lease;
}

/** Files a unit declares that belong to what somebody else works on now; a folder holds what lies below it. */
export function overlapsOf(files: readonly string[], holder: string, book: LeaseBook): readonly Overlap[] {
  const others = book.live.filter((lease) => lease.holder.id !== holder);
  return files.flatMap((file) =>
    others.flatMap((lease) => (lease.files.some((other) => meet(plain(file), plain(other))) ? [{ file, lease }] : [])),
  );
}

function meet(one: string, other: string): boolean {
  return one === other || one.startsWith(`${other}/`) || other.startsWith(`${one}/`);
}

function plain(path: string): string {
  return path
    .trim()
    .replace(/^(?:\.\/)+/u, "")
    .replace(/\/$/u, "");
}
