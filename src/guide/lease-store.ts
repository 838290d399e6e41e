import type { Clock, Files, Hash } from "#model/ports";
import { type Lease, type LeaseBook, type LeaseHolder, isLive, leaseMs } from "./lease.ts";
import {
  largestLease,
  leaseBytes,
  type LeasePlace,
  type LeaseRecord,
  leaseSlug,
  readLeaseBytes,
} from "./lease-file.ts";

/** What leases need from the outside world. */
export interface LeasePorts {
  readonly files: Files;
  readonly clock: Pick<Clock, "now">;
  readonly hash: Hash;
}

/** What somebody wants to take. */
export interface LeaseRequest {
  readonly plan: string;
  readonly unit: string;
  readonly title: string;
  readonly files: readonly string[];
  readonly holder: LeaseHolder;
}

/** How taking ended: the unit is held by who asked for it, or by somebody else. */
export type Taking =
  | { readonly state: "taken" | "renewed"; readonly lease: Lease; readonly former?: Lease }
  | { readonly state: "held"; readonly lease: Lease };

/** The leases of a workspace as they are now. A link in the place of the folder is not followed. */
export function readLeases(ports: LeasePorts, place: LeasePlace): LeaseBook {
  const { units, ignored } = readFolder(ports, place);
  const now = ports.clock.now();
  const open = [...units.values()].flatMap(({ top }) => (top === undefined || top.released ? [] : [top.lease]));
  const sorted = open.sort((a, b) => a.takenAt - b.takenAt || (a.unit < b.unit ? -1 : 1));
  return {
    live: sorted.filter((lease) => isLive(lease, now)),
    expired: sorted.filter((lease) => !isLive(lease, now)),
    ignored,
  };
}

/**
 * Takes a unit for its holder, or renews what the holder has. Any number of processes may try at once: of one generation's file only
 * one can be made, a new generation is made only when the newest one holds nothing, and the newest ones are never removed. So whoever
 * finds the own file to be the newest is the only one who does.
 */
export function takeLease(ports: LeasePorts, place: LeasePlace, request: LeaseRequest): Taking {
  const slug = leaseSlug(place, request.plan, request.unit, ports.hash);
  for (;;) {
    const files = unitFiles(ports, place, slug);
    const now = ports.clock.now();
    const held = files.top === undefined || files.top.released ? undefined : files.top;
    const isOwn = held?.lease.holder.id === request.holder.id;
    if (held !== undefined && isLive(held.lease, now)) {
      if (!isOwn) return { state: "held", lease: held.lease };
      const renewed = rewrite(ports, place, slug, { ...held, lease: renewal(held.lease, request, now) });
      if (renewed !== undefined) return { state: "renewed", lease: renewed };
      continue;
    }
    const lease = newLease(request, now);
    const made = make(ports, place, slug, files, { lease, released: false });
    if (made === undefined || !isNewest(ports, place, slug, made)) continue;
    return { state: isOwn ? "renewed" : "taken", lease, ...(held && !isOwn ? { former: held.lease } : {}) };
  }
}

/** Milliseconds between two signs of life that are written down. */
const restMs = 20_000;

/** Tells that a holder is alive: all its leases last anew. Gives those that were renewed. */
export function renewLeases(ports: LeasePorts, place: LeasePlace, holder: string): readonly Lease[] {
  const now = ports.clock.now();
  // Why: a sign of life so soon after another tells nothing new, and every one is written to disk.
  const own = readLeases(ports, place).live.filter(
    (lease) => lease.holder.id === holder && Math.abs(now - lease.renewedAt) >= restMs,
  );
  return own.flatMap((lease) => {
    const slug = leaseSlug(place, lease.plan, lease.unit, ports.hash);
    const { top } = unitFiles(ports, place, slug);
    if (top === undefined || top.released || top.lease.holder.id !== holder) return [];
    return rewrite(ports, place, slug, { ...top, lease: renewal(top.lease, lease, now) }) ?? [];
  });
}

/** Gives back what a holder took; false when the holder has it no more. */
export function releaseLease(ports: LeasePorts, place: LeasePlace, { plan, unit, holder }: Lease): boolean {
  const slug = leaseSlug(place, plan, unit, ports.hash);
  for (;;) {
    const files = unitFiles(ports, place, slug);
    if (files.top === undefined || files.top.released || files.top.lease.holder.id !== holder.id) return false;
    // Why: the word of release is a generation of its own, so that a slow reader of the one before cannot take it twice.
    if (make(ports, place, slug, files, { lease: files.top.lease, released: true }) !== undefined) return true;
  }
}

/** The files of one unit's lease. */
interface UnitFiles {
  readonly generations: readonly number[];
  /** The newest that this program wrote. */
  readonly top: LeaseRecord | undefined;
}

const nameForm = /^([0-9a-f]{32})\.(\d{1,9})\.json$/u;

/** Older generations that are left: a reader that is slower than so many changes of hands reads the folder again. */
const keptGenerations = 16;

function readFolder(
  ports: LeasePorts,
  place: LeasePlace,
  only?: string,
): { readonly units: ReadonlyMap<string, UnitFiles>; readonly ignored: readonly string[] } {
  for (;;) {
    const generations = new Map<string, number[]>();
    const ignored: string[] = [];
    for (const name of namesIn(ports.files, place.folder)) {
      const [, slug, digits] = nameForm.exec(name) ?? [];
      if (slug === undefined) ignored.push(name);
      else if (only === undefined || slug === only)
        generations.set(slug, [...(generations.get(slug) ?? []), Number(digits)]);
    }
    const units = new Map<string, UnitFiles>();
    for (const [slug, found] of generations) {
      const top = newest(ports, place, slug, found, ignored);
      if (top === "gone") break;
      units.set(slug, { generations: found, top });
    }
    if (units.size === generations.size) return { units, ignored: ignored.sort() };
  }
}

/** The newest record among generations; `gone` when others were so fast that the folder has to be read again. */
function newest(
  ports: LeasePorts,
  place: LeasePlace,
  slug: string,
  generations: readonly number[],
  ignored: string[],
): LeaseRecord | "gone" | undefined {
  for (const generation of [...generations].sort((a, b) => b - a)) {
    const name = `${slug}.${generation}.json`;
    const record = readRecord(ports, place, name);
    if (record === "gone") return "gone";
    if (record !== undefined && record.generation === generation && slug === slugOf(ports, place, record))
      return record;
    ignored.push(name);
  }
  return undefined;
}

function unitFiles(ports: LeasePorts, place: LeasePlace, slug: string): UnitFiles {
  return readFolder(ports, place, slug).units.get(slug) ?? { generations: [], top: undefined };
}

function namesIn(files: Files, folder: string): readonly string[] {
  const above = folder.slice(0, folder.lastIndexOf("/"));
  if ([above, folder].some((path) => files.stat(path)?.kind !== "directory")) return [];
  return files.list(folder).flatMap(({ name }) => (name.endsWith(".tmp") ? [] : [name]));
}

/** `gone`: it was cleared away while the folder was read. */
function readRecord({ files, hash }: LeasePorts, place: LeasePlace, name: string): LeaseRecord | "gone" | undefined {
  const path = `${place.folder}/${name}`;
  const stat = files.stat(path);
  if (stat === undefined) return "gone";
  if (stat.kind !== "file" || stat.size > largestLease) return undefined;
  const bytes = files.read(path);
  return bytes === undefined ? "gone" : readLeaseBytes(bytes, place, hash);
}

function slugOf({ hash }: LeasePorts, place: LeasePlace, { lease }: LeaseRecord): string {
  return leaseSlug(place, lease.plan, lease.unit, hash);
}

/** Makes the next generation and gives its number; undefined when somebody else was faster. */
function make(
  ports: LeasePorts,
  place: LeasePlace,
  slug: string,
  before: UnitFiles,
  content: Omit<LeaseRecord, "generation">,
): number | undefined {
  let generation = (before.top?.generation ?? 0) + 1;
  while (before.generations.includes(generation)) generation++;
  const bytes = leaseBytes({ ...content, generation }, place, ports.hash);
  return ports.files.createExclusive(pathOf(place, slug, generation), bytes, 0o600) ? generation : undefined;
}

/** True when a generation that was made is the newest; then older ones are cleared away. */
function isNewest(ports: LeasePorts, place: LeasePlace, slug: string, generation: number): boolean {
  const after = unitFiles(ports, place, slug);
  if (after.top?.generation !== generation) return false;
  for (const older of after.generations)
    if (older < generation - keptGenerations) ports.files.remove(pathOf(place, slug, older));
  return true;
}

function pathOf({ folder }: LeasePlace, slug: string, generation: number): string {
  return `${folder}/${slug}.${generation}.json`;
}

/** Writes a generation again; undefined when a newer one is there by then. */
function rewrite(ports: LeasePorts, place: LeasePlace, slug: string, record: LeaseRecord): Lease | undefined {
  ports.files.writeAtomic(pathOf(place, slug, record.generation), leaseBytes(record, place, ports.hash), 0o600);
  return unitFiles(ports, place, slug).top?.generation === record.generation ? record.lease : undefined;
}

function newLease({ plan, unit, title, files, holder }: LeaseRequest, now: number): Lease {
  return { plan, unit, title, files, holder, takenAt: now, renewedAt: now, expiresAt: now + leaseMs };
}

function renewal(lease: Lease, { title, files }: Pick<LeaseRequest, "title" | "files">, now: number): Lease {
  return { ...lease, title, files, renewedAt: now, expiresAt: now + leaseMs };
}
