import { quote } from "../quote.ts";
import { defineRule, type Rule } from "../rule.ts";

/** Outcomes are written so that the tool can check them. */
export const unprovableOutcome: Rule = defineRule({
  code: "plan/unprovable-outcome",
  severity: "info",
  title: "Outcome nothing can prove",
  summary: "An expected outcome has a form the tool can check; prose stays for a person to sign.",
  needs: ["understood"],
  check({ understood }, report) {
    const outcomes = understood.steps.flatMap((unit) => unit.outcomes.map((outcome) => ({ unit, outcome })));
    if (outcomes.length === 0) return "not-applicable";
    for (const { unit, outcome } of outcomes.filter((one) => one.outcome.claims.length === 0)) {
      const cure =
        outcome.suggestion === undefined
          ? "Name a path, a count, a version or a text in the output, or leave it to be signed."
          : `Put ${outcome.suggestion} before it.`;
      report({
        message: `Nothing can prove ${quote(outcome.text)}. ${cure}`,
        at: outcome.range,
        cause: `unprovable:${unit.key}`,
      });
    }
  },
});
