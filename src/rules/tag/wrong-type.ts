import { layerOf } from "#profile/dialect";
import { defineRule, type Rule } from "../rule.ts";
import { liveTags } from "../tag-rows.ts";

/** A tag names documents of its own type. */
export const wrongType: Rule = defineRule({
  code: "tag/wrong-type",
  severity: "error",
  title: "Tag that names a document of another type",
  summary: "A tag names documents of the type whose name it has.",
  needs: ["trace"],
  check({ trace, profile, source }, report) {
    const tags = liveTags(trace);
    if (tags.length === 0) return "not-applicable";
    const owners = new Map(profile.layers.toReversed().map((layer) => [layer.tag, layer]));
    for (const tag of tags) {
      const own = owners.get(tag.type);
      if (own === undefined || own.reference === "path") continue;
      const named = layerOf(profile, typeWordIn(tag.document ?? ""));
      if (named === undefined || named === own) continue;
      // Why: an implementation contract may stand inside the document of the same layer that provides it.
      if (own.optional && own.layer === named.layer) continue;
      const value = source.text.slice(tag.start, tag.end);
      report({
        message: `@${tag.type} names ${tag.document}, which is a ${named.type}. ${named.tag === undefined ? `Name a ${own.type}` : `Write @${named.tag}: ${value}, or name a ${own.type}`}.`,
        at: tag,
      });
    }
    return undefined;
  },
});

/** What stands before the number in an id. */
function typeWordIn(id: string): string {
  const dash = id.indexOf("-");
  const dot = id.indexOf(".");
  const end = dash < 0 || (dot >= 0 && dot < dash) ? dot : dash;
  return end < 0 ? id : id.slice(0, end);
}
