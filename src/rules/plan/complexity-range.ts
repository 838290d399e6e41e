import { quote } from "../quote.ts";
import { defineRule, type Rule } from "../rule.ts";
import { malformedField } from "./field-form.ts";

/** Complexity is a number of the profile's scale. */
export const complexityRange: Rule = defineRule({
  code: "plan/complexity-range",
  severity: "warning",
  title: "Complexity out of range",
  summary: "The complexity of a plan is a number from 1 to 5.",
  needs: ["plan"],
  check(context, report) {
    const { least, greatest } = context.profile.plan.complexity;
    const field = context.plan.control?.complexity;
    if (field === undefined) return "not-applicable";
    const wrong = malformedField(context, "complexity");
    const outside = field.value !== undefined && (field.value < least || field.value > greatest);
    if (wrong === undefined && !outside) return;
    report({
      message: `${quote(field.raw)} is no complexity. Write a whole number from ${least} to ${greatest}.`,
      at: field.range,
    });
  },
});
