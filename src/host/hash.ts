import type { KeyObject } from "node:crypto";
import type { Hash } from "#model/ports";
import { crypto } from "./crypto.ts";

/** Digests by Node; a keyed digest's key is given in hex. */
export function createHash256(): Hash {
  let last: { readonly hex: string; readonly key: KeyObject } | undefined;
  const keyOf = (hex: string): KeyObject => {
    if (last?.hex !== hex) last = { hex, key: crypto().createSecretKey(Buffer.from(hex, "hex")) };
    return last.key;
  };
  return {
    sha256: (bytes) => crypto().hash("sha256", bytes, "hex"),
    hmacSha256: (key, text) => crypto().createHmac("sha256", keyOf(key)).update(text).digest("hex"),
  };
}
