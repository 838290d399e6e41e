import canonicalize from "canonicalize";
import type { Hash } from "#model/ports";

/** A digest as the standard writes it. */
export interface CanonicalHash {
  readonly algorithm: "sha256";
  readonly value: string;
}

/** The value as canonical JSON (RFC 8785), members that are null left out at every depth: being absent and being null is the same. */
function canonicalText(value: unknown): string {
  return canonicalize(withoutNulls(value)) ?? "";
}

/** SHA-256 over the canonical text. */
export function canonicalHash(value: unknown, hash: Hash): CanonicalHash {
  return { algorithm: "sha256", value: hash.sha256(canonicalText(value)) };
}

/** What the seal of an evidence bundle covers: the bundle without its seal, and the list of its evidence. */
export function sealHash(payload: unknown, manifest: unknown, hash: Hash): CanonicalHash {
  return canonicalHash({ payload, evidence_manifest: manifest }, hash);
}

function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (typeof value !== "object" || value === null) return value;
  const kept = Object.entries(value).filter(([, member]) => member !== null && member !== undefined);
  return Object.fromEntries(kept.map(([key, member]) => [key, withoutNulls(member)]));
}
