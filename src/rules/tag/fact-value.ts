import { onceFor } from "#model/lazily";
import type { Profile } from "#profile/profile";
import { defineRule, type Rule } from "../rule.ts";
import { liveTags } from "../tag-rows.ts";
import { surveyTags } from "../tag-survey.ts";

/** Tags that carry a fact have a value the profile knows. */
export const factValue: Rule = defineRule({
  code: "tag/fact-value",
  severity: "warning",
  title: "Tag with a value that is not known",
  summary: "A tag that carries a fact has one of the values that the profile knows.",
  needs: ["trace"],
  check({ trace, profile }, report) {
    const facts = factsWithValues(profile);
    if (!surveyTags(trace).names.some((name) => facts.has(name))) return "not-applicable";
    const tags = liveTags(trace).filter((tag) => facts.has(tag.type));
    for (const tag of tags) {
      const values = facts.get(tag.type) ?? [];
      // Why: behind a name in a sentence stands a dash, or the bar of a table.
      if (values.includes(tag.raw) || !/[\p{L}\p{N}]/u.test(tag.raw)) continue;
      report({ message: `@${tag.type} is ${tag.raw}. Write ${values.join(", ")}.`, at: tag });
    }
    return undefined;
  },
});

/** The values of the tags that carry a fact with known ones, by name. */
const factsWithValues = onceFor(
  ({ tags }: Profile): ReadonlyMap<string, readonly string[]> =>
    new Map(
      tags.facts.flatMap(({ name, values }) => (values.length === 0 ? [] : [[name, values] as const])).toReversed(),
    ),
);
