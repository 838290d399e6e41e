import { definitionKind } from "#model/trace";
import { wordsIn } from "../words.ts";
import type { Derivation } from "./derivation.ts";

/** `connection_service` is the entry named `ConnectionService`. */
export const nameCase: Derivation = {
  words: "the same name in snake or Pascal case",
  kinds: [definitionKind.yamlId, definitionKind.yamlName, definitionKind.name],
  key: (name) => wordsIn(name).join("-") || undefined,
  keysOf: ({ name }) => [wordsIn(name).join("-")],
};
