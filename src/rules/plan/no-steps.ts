import { defineRule, type Rule } from "../rule.ts";

/** A plan has steps to carry out. */
export const noSteps: Rule = defineRule({
  code: "plan/no-steps",
  severity: "error",
  title: "No execution steps",
  summary: "A plan has at least one execution step.",
  needs: ["plan"],
  check({ plan }, report) {
    if (plan.steps.length > 0) return;
    const heading = plan.sections.find((section) => section.name === "execution-steps")?.heading;
    report({
      message:
        "No step was found. Under Execution Steps write **Step 1: Title**, a bash fence, Verification: and a bash fence.",
      at: heading ?? plan.title?.range ?? { start: 0, end: 0 },
    });
  },
});
