import { definitionKind } from "#model/trace";
import { slugOf } from "#model/slug";
import type { Derivation } from "./derivation.ts";

/** `scenario-send-valid-email` is the scenario "Send valid email". */
export const scenarioSlug: Derivation = {
  words: "slug of the scenario's title",
  kinds: [definitionKind.scenario],
  key: (name) => bare(slugOf(name)),
  keysOf: ({ name, title }) => [...new Set([bare(slugOf(name)), bare(slugOf(title))])].filter((key) => key !== ""),
};

function bare(slug: string): string {
  return slug.replace(/^scenario-/u, "");
}
