import type { LinkStatus } from "#model/trace";
import { derivations } from "./derivations/table.ts";

/** Statuses of links by the number that link rows hold. */
const linkStatuses = [
  "exact",
  "derived",
  "document-only",
  "ambiguous",
  "missing",
  "upward",
] as const satisfies readonly LinkStatus[];

/** The number of each status. */
export const statusNumber: Readonly<Record<LinkStatus, number>> = {
  exact: 0,
  derived: 1,
  "document-only": 2,
  ambiguous: 3,
  missing: 4,
  upward: 5,
};

/** Bits of the status in a link row; the derivation stands above them. */
export const statusBits = 3;

/** The status that a link row's number says. */
export function statusOf(packed: number): LinkStatus {
  return linkStatuses[packed & 7] ?? "missing";
}

/** The number of the derivation that a link row's number says; 0 for none. */
export function derivationOf(packed: number): number {
  return packed >> statusBits;
}

/** True for the number of a status of which there is something to say: the link is neither exact nor derived by what is certain. */
export function isSpecial(packed: number): boolean {
  if ((packed & 7) === statusNumber.derived) return derivations[derivationOf(packed) - 1]?.loose === true;
  return packed !== statusNumber.exact;
}
