import canonicalize from "canonicalize";
import type { Hash } from "#model/ports";
import type { JournalEvent, JournalEventBody } from "#model/run";

/** The `prev` of the first event of a journal. */
export const chainStart: string = "0".repeat(64);

/** The format of events this program writes; a higher `v` is refused. */
export const journalVersion = 1;

/** What an event adds to its body to stand in a journal. */
export interface ChainPlace {
  readonly run: string;
  readonly seq: number;
  readonly at: string;
  readonly prev: string;
}

/** Chains a body to the event before: adds place and `hash`, the HMAC-SHA256 over the canonical JSON of all other members. */
export function sealEvent(body: JournalEventBody, place: ChainPlace, key: string, hash: Hash): JournalEvent {
  const unsealed = { ...body, v: journalVersion, ...place } as const;
  return { ...unsealed, hash: hash.hmacSha256(key, canonicalize(unsealed) ?? "") };
}

/** True when the event carries a hash made with this key over exactly its members. */
export function isSealed(event: { readonly hash: string }, key: string, hash: Hash): boolean {
  const { hash: seal, ...rest } = event;
  return hash.hmacSha256(key, canonicalOf(rest)) === seal;
}

function canonicalOf(value: unknown): string {
  try {
    return canonicalize(value) ?? "";
  } catch {
    // Why: a lone surrogate or NaN has no canonical form; no event of ours holds one.
    return "";
  }
}
