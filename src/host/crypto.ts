import type * as Crypto from "node:crypto";

/**
 * Node's crypto, loaded when it is first used.
 * Why: an ESM import of it costs 3 ms at every start (Node 20), and most of what is imported with it never hashes.
 */
export function crypto(): typeof Crypto {
  return process.getBuiltinModule("node:crypto");
}
