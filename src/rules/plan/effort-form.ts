import { quote } from "../quote.ts";
import { defineRule, type Rule } from "../rule.ts";
import { malformedField } from "./field-form.ts";

/** Effort is written in hours. */
export const effortForm: Rule = defineRule({
  code: "plan/effort-form",
  severity: "warning",
  title: "Effort form",
  summary: "Estimated and actual effort are hours or a range of hours.",
  needs: ["plan"],
  check(context, report) {
    const { control } = context.plan;
    if (control?.estimatedEffort === undefined && control?.actualEffort === undefined) return "not-applicable";
    const estimated = malformedField(context, "estimatedEffort");
    if (estimated !== undefined) {
      report({
        message: `${quote(estimated.raw)} is no effort. Write it like 8 hours or 60-80 hours.`,
        at: estimated.range,
      });
    }
    const actual = malformedField(context, "actualEffort");
    if (actual === undefined || /^(?:tbd|n\/a|none|-+|—|–)$/i.test(actual.raw.trim())) return;
    report({
      message: `${quote(actual.raw)} is no effort. Write TBD, or hours once they are known.`,
      at: actual.range,
    });
  },
});
