import { defineRule, type Rule } from "../rule.ts";

/** The declared readiness is the computed one. */
export const declaredDiffers: Rule = defineRule({
  code: "score/declared-differs",
  severity: "warning",
  title: "Declared score differs",
  summary: "The readiness a document declares is the one iplan computes.",
  needs: ["readiness"],
  when: ({ document }) => document.declared !== undefined,
  check({ document, profile, readiness }, report) {
    if (document.declared === undefined) return "not-applicable";
    const without = readiness.without.length === 0 ? "" : ` (without ${readiness.without.join(", ")})`;
    const what = document.type === profile.plan.type ? "plan" : "document";
    for (const { value, start, end } of document.declared) {
      if (Math.floor(value) === readiness.score) continue;
      report({
        message: `The ${what} declares ${value}%, but its readiness is ${readiness.score}%${without}. Write ${readiness.score}%, or win the lost points that check --score lists.`,
        at: { start, end },
        ...(value < readiness.score ? { severity: "info" as const } : {}),
      });
    }
    return undefined;
  },
});
