import { definitionKind } from "#model/trace";
import { slugOf } from "#model/slug";
import type { Derivation } from "./derivation.ts";

/** `interface-specifications` is the section "3. Interface Specifications". */
export const headingSlug: Derivation = {
  words: "slug of the heading",
  kinds: [definitionKind.topic, definitionKind.numberedSection],
  key: slugOf,
  keysOf: ({ kind, name, title }) =>
    [...new Set([kind === definitionKind.topic ? slugOf(name) : "", unnumbered(title)])].filter((key) => key !== ""),
};

function unnumbered(title: string): string {
  return slugOf(title.replace(/^\s*\d+(?:\.\d+)*\.?\s+/u, ""));
}
