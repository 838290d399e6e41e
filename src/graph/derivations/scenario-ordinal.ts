import { definitionKind } from "#model/trace";
import { type Derivation, numberAfter } from "./derivation.ts";

/** `SCENARIO-005` is the fifth scenario, unless that scenario's tag gives it another number. */
export const scenarioOrdinal: Derivation = {
  words: "ordinal of the scenario",
  kinds: [definitionKind.scenario],
  key: (name) => numberAfter(/^scenario[-_]?(.*)$/iu, name),
  keysOf: ({ number }) => [number],
};
