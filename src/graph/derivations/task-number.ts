import { definitionKind } from "#model/trace";
import { type Derivation, numberAfter } from "./derivation.ts";

const word = /^task[-_ ]?(.*)$/iu;

/** `task-3`: the task whose heading has that number. */
export const taskNumber: Derivation = {
  words: "number of the task's heading",
  kinds: [definitionKind.task],
  key: (name) => numberAfter(word, name),
  keysOf: ({ name }) => {
    const number = numberAfter(word, name);
    return number === undefined ? [] : [number];
  },
};
