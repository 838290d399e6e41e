import { defineRule, type Rule } from "../rule.ts";

/** The declared readiness is the computed one. */
export const declaredDiffers: Rule = defineRule({
  code: "score/declared-differs",
  severity: "warning",
  title: "Declared score differs",
  summary: "The readiness a plan declares is the one iplan computes.",
  needs: ["plan", "readiness"],
  when: ({ plan }) => plan.control?.readyScore?.value !== undefined,
  check({ plan, readiness }, report) {
    const declared = plan.control?.readyScore;
    if (declared?.value === undefined) return "not-applicable";
    if (Math.floor(declared.value) === readiness.score) return;
    const without = readiness.without.length === 0 ? "" : ` (without ${readiness.without.join(", ")})`;
    report({
      message: `The plan declares ${declared.value}%, but its readiness is ${readiness.score}%${without}. Write ${readiness.score}%, or win the lost points that check --score lists.`,
      at: declared.range,
      ...(declared.value < readiness.score ? { severity: "info" as const } : {}),
    });
  },
});
