import type { Range } from "#model/source";
import { quote } from "../quote.ts";
import { defineRule, type Rule } from "../rule.ts";

/** No criterion is called met that a report says is not. */
export const criterionContradicted: Rule = defineRule({
  code: "evidence/criterion-contradicted",
  severity: "error",
  title: "Criterion that a report contradicts",
  summary: "No criterion is ticked, or marked as met, that a report of the workspace disproves.",
  needs: ["figures", "understood"],
  counts: false,
  when: ({ understood }) =>
    understood.items.some(({ box }) => box?.ticked === true) ||
    understood.plan.criteria.some(({ mark }) => mark?.value === "completed"),
  check({ figures, understood, standing }, report) {
    const { plan, items } = understood;
    const measured = items.filter(({ key }) => figures.measured.has(key));
    if (measured.length === 0) return "not-applicable";
    const marks = new Map(plan.criteria.map(({ mark }, index) => [`criterion:${index + 1}`, mark]));
    for (const { key, text, box } of measured) {
      const found = figures.measured.get(key);
      const mark = marks.get(key);
      const at: Range | undefined =
        box?.ticked === true ? box.mark.range : mark?.value === "completed" ? mark.range : undefined;
      const isOverridden = standing?.items.get(key)?.record?.signed?.override === true;
      if (found?.verdict !== "failed" || at === undefined || isOverridden) continue;
      report({
        message: `${quote(text)} is called met, but ${found.reason} (${found.sources.join(", ")}). Make it true, then let iplan verify ${understood.id} set the mark.`,
        at,
      });
    }
    return undefined;
  },
});
