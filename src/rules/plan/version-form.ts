import { quote } from "../quote.ts";
import { defineRule, type Rule } from "../rule.ts";
import { malformedField } from "./field-form.ts";

/** The version is a semantic version. */
export const versionForm: Rule = defineRule({
  code: "plan/version-form",
  severity: "warning",
  title: "Version form",
  summary: "The version of a plan is a semantic version.",
  needs: ["plan"],
  check(context, report) {
    if (context.plan.control?.version === undefined) return "not-applicable";
    const wrong = malformedField(context, "version");
    if (wrong === undefined) return;
    report({ message: `${quote(wrong.raw)} is no semantic version. Write it like 1.0.0.`, at: wrong.range });
  },
});
