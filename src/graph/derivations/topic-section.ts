import { definitionKind } from "#model/trace";
import { wordsIn } from "../words.ts";
import type { Derivation, Site } from "./derivation.ts";

const shortest = 3;

/** `interface-spec` is the section "Interface Specifications": every word begins the title's word at its place. */
export const topicSection: Derivation = {
  words: "section of that topic",
  kinds: [definitionKind.topic],
  key: (name) => {
    const words = wordsIn(name);
    return words.some((word) => word.length < shortest) ? undefined : words[0]?.slice(0, shortest);
  },
  keysOf: (site) =>
    titleWords(site)
      .slice(0, 1)
      .map((word) => word.slice(0, shortest)),
  fits: (name, site) => {
    const words = wordsIn(name);
    const title = titleWords(site);
    return words.length === title.length && words.every((word, index) => title[index]?.startsWith(word) === true);
  },
};

function titleWords({ name, title }: Site): readonly string[] {
  const words = wordsIn(title === "" ? name : title);
  return words.filter((word, index) => index > 0 || !/^\d+$/u.test(word));
}
