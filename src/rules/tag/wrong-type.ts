import { onceFor } from "#model/lazily";
import { layerOf } from "#profile/dialect";
import type { LayerProfile, Profile } from "#profile/profile";
import { defineRule, type Rule } from "../rule.ts";
import { liveTags } from "../tag-rows.ts";
import { surveyTags, typeWordIn } from "../tag-survey.ts";

/** A tag names documents of its own type. */
export const wrongType: Rule = defineRule({
  code: "tag/wrong-type",
  severity: "error",
  title: "Tag that names a document of another type",
  summary: "A tag names documents of the type whose name it has.",
  needs: ["trace"],
  check(context, report) {
    // Why: the text is read when a value is shown.
    const { trace, profile } = context;
    const { live, plain } = surveyTags(trace);
    if (live === 0) return "not-applicable";
    if (plain) return undefined;
    const owners = layersByTag(profile);
    for (const tag of liveTags(trace)) {
      const own = owners.get(tag.type);
      if (own === undefined || own.reference === "path") continue;
      const id = tag.document ?? "";
      if (own.type === id.slice(0, own.type.length) && isEnd.has(id[own.type.length])) continue;
      const named = layerOf(profile, typeWordIn(id));
      if (named === undefined || named === own) continue;
      // Why: an implementation contract may stand inside the document of the same layer that provides it.
      if (own.optional && own.layer === named.layer) continue;
      const value = context.source.text.slice(tag.start, tag.end);
      report({
        message: `@${tag.type} names ${id}, which is a ${named.type}. ${named.tag === undefined ? `Name a ${own.type}` : `Write @${named.tag}: ${value}, or name a ${own.type}`}.`,
        at: tag,
      });
    }
    return undefined;
  },
});

/** The first layer of each tag. */
const layersByTag = onceFor(
  ({ layers }: Profile): ReadonlyMap<string | undefined, LayerProfile> =>
    new Map(layers.toReversed().map((layer) => [layer.tag, layer])),
);

/** What may follow the type in an id: nearly every tag names what it should, which is told at a glance. */
const isEnd: ReadonlySet<string | undefined> = new Set(["-", ".", undefined]);
