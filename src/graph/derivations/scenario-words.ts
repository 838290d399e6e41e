import { definitionKind } from "#model/trace";
import { wordsIn } from "../words.ts";
import type { Derivation } from "./derivation.ts";

/**
 * `scenario-reject-invalid` is the scenario "Reject invalid notification (missing recipient)": two words or more that stand in
 * the title in their order.
 */
export const scenarioWords: Derivation = {
  words: "words of the scenario's title",
  loose: true,
  kinds: [definitionKind.scenario],
  key: (name) => {
    const words = wordsOf(name);
    return words.length < 2 ? undefined : longest(words);
  },
  keysOf: ({ title }) => [...new Set(wordsIn(title))],
  fits: (name, { title }) => isWithin(wordsOf(name), wordsIn(title)),
};

function wordsOf(name: string): readonly string[] {
  return wordsIn(name.replace(/^scenario[-_]/iu, ""));
}

/** Why: the longest word is in the fewest titles, so that few are looked at. */
function longest(words: readonly string[]): string {
  return words.reduce((one, other) => (other.length > one.length ? other : one));
}

function isWithin(words: readonly string[], title: readonly string[]): boolean {
  let next = 0;
  for (const word of title) if (word === words[next]) next++;
  return next === words.length;
}
