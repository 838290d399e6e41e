import { defineRule, type Rule } from "../rule.ts";

/** A plan lists what it delivers. */
export const deliverablesMissing: Rule = defineRule({
  code: "plan/deliverables-missing",
  severity: "warning",
  title: "Deliverables missing",
  summary: "A plan lists its deliverables.",
  needs: ["plan"],
  check({ plan }, report) {
    if (plan.deliverables.length > 0) return;
    const heading = plan.sections.find((section) => section.name === "objective")?.heading;
    report({
      message: "The plan lists no deliverables. Add **Deliverables**: and a bullet for each under Objective.",
      at: heading ?? plan.title?.range ?? { start: 0, end: 0 },
    });
  },
});
