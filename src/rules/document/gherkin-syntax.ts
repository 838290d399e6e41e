import { defineRule, type Rule } from "../rule.ts";

/** A feature file is Gherkin. */
export const gherkinSyntax: Rule = defineRule({
  code: "document/gherkin-syntax",
  severity: "error",
  title: "No Gherkin",
  summary: "A feature file is Gherkin that Cucumber can read.",
  needs: ["faults"],
  check({ document, faults }, report) {
    if (!/\.feature$/i.test(document.path)) return "not-applicable";
    for (const { message, start, end } of faults) {
      report({
        message: `This is no Gherkin: ${message}. Correct this line, or make it a comment with \`#\`.`,
        at: { start, end },
      });
    }
  },
});
