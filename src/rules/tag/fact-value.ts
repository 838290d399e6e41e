import { defineRule, type Rule } from "../rule.ts";
import { liveTags } from "../tag-rows.ts";

/** Tags that carry a fact have a value the profile knows. */
export const factValue: Rule = defineRule({
  code: "tag/fact-value",
  severity: "warning",
  title: "Tag with a value that is not known",
  summary: "A tag that carries a fact has one of the values that the profile knows.",
  needs: ["trace"],
  check({ trace, profile }, report) {
    const facts = profile.tags.facts.filter((fact) => fact.values.length > 0);
    const names = new Set(facts.map((fact) => fact.name));
    const tags = liveTags(trace).filter((tag) => names.has(tag.type));
    if (tags.length === 0) return "not-applicable";
    for (const tag of tags) {
      const values = facts.find((fact) => fact.name === tag.type)?.values ?? [];
      if (values.includes(tag.raw)) continue;
      report({ message: `@${tag.type} is ${tag.raw}. Write ${values.join(", ")}.`, at: tag });
    }
    return undefined;
  },
});
