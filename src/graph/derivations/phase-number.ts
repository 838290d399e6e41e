import { definitionKind } from "#model/trace";
import { type Derivation, numberAfter } from "./derivation.ts";

const word = /^phase[-_ ]?(.*)$/iu;

/** `PHASE-2.1`, `phase1`: the phase whose heading has that number. */
export const phaseNumber: Derivation = {
  words: "number of the phase's heading",
  kinds: [definitionKind.phase],
  key: (name) => numberAfter(word, name),
  keysOf: ({ name }) => numbers(numberAfter(word, name)),
};

function numbers(number: string | undefined): readonly string[] {
  return number === undefined ? [] : [number];
}
