import { definitionKind } from "#model/trace";
import { type Derivation, numberAfter } from "./derivation.ts";

const word = /^(?:section|sec)[-_ ]?(.*)$/iu;

/** `SECTION-3.1.1`: the heading with that number. */
export const sectionNumber: Derivation = {
  words: "number of the section",
  kinds: [definitionKind.numberedSection],
  key: (name) => numberAfter(word, name),
  keysOf: ({ name }) => {
    const number = numberAfter(word, name);
    return number === undefined ? [] : [number];
  },
};
