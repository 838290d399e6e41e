import type { Hash, Sign, Signed } from "#model/ports";
import { canonical, sameText } from "./manifest.ts";

/** What a seal was found to be. */
export interface SealState {
  /** `other-key`: it holds, but is not of the key that was named. `broken`: it is no signature of this manifest. */
  readonly state: "none" | "holds" | "other-key" | "broken";
  /** `sha256:<hex>` of the public key in base64. */
  readonly fingerprint?: string;
}

/** The seal of a manifest: an ed25519 signature of exactly its bytes, with the public key. */
export function writeSeal(signed: Signed, hash: Hash): Uint8Array {
  const { key, signature } = signed;
  const fingerprint = fingerprintOf(key, hash);
  return new TextEncoder().encode(`${canonical({ algorithm: "ed25519", key, fingerprint, signature })}\n`);
}

/** Looks whether a seal holds for a manifest; `wanted` is the public key it must be of, in base64. */
export function readSeal(
  bytes: Uint8Array | undefined,
  manifest: Uint8Array,
  ports: { readonly hash: Hash; readonly sign: Sign },
  wanted?: string,
): SealState {
  if (bytes === undefined) return { state: "none" };
  const signed = signedOf(bytes, ports.hash);
  if (signed === undefined || !ports.sign.holds(signed, manifest)) return { state: "broken" };
  const fingerprint = fingerprintOf(signed.key, ports.hash);
  return { state: wanted === undefined || wanted === signed.key ? "holds" : "other-key", fingerprint };
}

/** Why: only the one way of writing it counts, so that no byte of it can change unseen. */
function signedOf(bytes: Uint8Array, hash: Hash): Signed | undefined {
  try {
    const { key, signature } = JSON.parse(new TextDecoder().decode(bytes)) as Partial<Signed>;
    if (typeof key !== "string" || typeof signature !== "string") return undefined;
    const written = new TextDecoder().decode(writeSeal({ key, signature }, hash));
    return sameText(bytes, written) ? { key, signature } : undefined;
  } catch {
    return undefined;
  }
}

/** A short name of a public key, to be compared with what its owner published. */
export function fingerprintOf(key: string, hash: Hash): string {
  return `sha256:${hash.sha256(key)}`;
}
