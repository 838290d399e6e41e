import { definitionKind } from "#model/trace";
import { wordsIn } from "../words.ts";
import type { Derivation } from "./derivation.ts";

/** `ConnectionService` is the key `services.connection_service`, when no other key has those words. */
export const keyCase: Derivation = {
  words: "the same key in snake or Pascal case",
  kinds: [definitionKind.yamlKey],
  key: (name) => wordsIn(name).join("-") || undefined,
  keysOf: ({ name }) => [wordsIn(name.slice(name.lastIndexOf(".") + 1)).join("-")],
};
