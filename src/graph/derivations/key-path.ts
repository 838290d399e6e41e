import { definitionKind } from "#model/trace";
import type { Derivation } from "./derivation.ts";

/** `retry.limit` is the key `spec.client.retry.limit`, when no other path ends so. */
export const keyPath: Derivation = {
  words: "end of one key's path",
  loose: true,
  kinds: [definitionKind.yamlKey],
  key: (name) => name,
  keysOf: ({ name }) => {
    const parts = name.split(".").slice(-deepest);
    return parts.map((_, index) => parts.slice(index).join("."));
  },
};

/** Why: a path is found by each of its ends; a hostile one has thousands. */
const deepest = 8;
