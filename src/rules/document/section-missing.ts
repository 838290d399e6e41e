import { defineRule, type Rule } from "../rule.ts";

/** Sections whose absence a rule of the family `plan` reports with more to say. */
const ownRule: ReadonlySet<string> = new Set(["document-control", "objective", "task-list", "execution-steps"]);

/** A plan has the sections its profile requires. */
export const sectionMissing: Rule = defineRule({
  code: "document/section-missing",
  severity: "warning",
  title: "Section missing",
  summary: "A plan has the sections its profile requires.",
  needs: ["plan"],
  check({ plan, profile }, report) {
    const present = new Set(plan.sections.map((section) => section.name));
    const required = profile.plan.sections.filter((section) => section.required && !ownRule.has(section.key));
    const missing = required.filter((one) => !present.has(one.key)).map(({ key, titles }) => `"${titles[0] ?? key}"`);
    if (missing.length === 0) return;
    const subject = missing.length === 1 ? "The section" : "The sections";
    report({
      message: `${subject} ${missing.join(", ")} ${missing.length === 1 ? "is" : "are"} missing. Add the heading and what belongs under it.`,
      at: plan.title?.range ?? { start: 0, end: 0 },
    });
  },
});
