import { defineRule, type Rule } from "../rule.ts";

/** A plan says what it is for. */
export const objectiveMissing: Rule = defineRule({
  code: "plan/objective-missing",
  severity: "warning",
  title: "Objective missing",
  summary: "A plan states its objective in a sentence or two.",
  needs: ["plan"],
  check({ plan }, report) {
    if (plan.objective !== undefined && plan.objective.text.trim() !== "") return;
    const heading = plan.sections.find((section) => section.name === "objective")?.heading;
    report({
      message: "The plan states no objective. Add a section Objective with one or two sentences.",
      at: heading ?? plan.title?.range ?? { start: 0, end: 0 },
    });
  },
});
