import { createHash } from "node:crypto";
import type { Hash } from "#model/ports";

/** Digests of this machine. */
export const planHash: Hash = {
  sha256: (bytes) => createHash("sha256").update(bytes).digest("hex"),
  hmacSha256: (key, text) => createHash("sha256").update(key).update(text).digest("hex"),
};
