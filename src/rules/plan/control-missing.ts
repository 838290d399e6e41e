import { defineRule, type Rule } from "../rule.ts";

/** A plan has a control table. */
export const controlMissing: Rule = defineRule({
  code: "plan/control-missing",
  severity: "error",
  title: "Control table missing",
  summary: "A plan has a Document Control table.",
  needs: ["plan"],
  check({ plan, profile }, report) {
    if (plan.control !== undefined) return;
    const fields = profile.plan.fields.filter((field) => field.required).map((field) => field.names[0] ?? field.key);
    report({
      message: `No Document Control table. Add one below the title with ${fields.join(", ")}.`,
      at: plan.title?.range ?? { start: 0, end: 0 },
    });
  },
});
