import type { Hash } from "#model/ports";
import { crypto } from "./crypto.ts";

/** Digests by Node; a keyed digest's key is given in hex. */
export function createHash256(): Hash {
  return {
    sha256: (bytes) => crypto().createHash("sha256").update(bytes).digest("hex"),
    hmacSha256: (key, text) => crypto().createHmac("sha256", Buffer.from(key, "hex")).update(text).digest("hex"),
  };
}
