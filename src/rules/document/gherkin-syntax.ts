import { defineRule, type Rule } from "../rule.ts";

/** A feature file is Gherkin. */
export const gherkinSyntax: Rule = defineRule({
  code: "document/gherkin-syntax",
  severity: "error",
  title: "No Gherkin",
  summary: "A feature file is Gherkin that Cucumber can read.",
  needs: ["trace"],
  check({ document, trace }, report) {
    if (!/\.feature$/i.test(document.path)) return "not-applicable";
    for (const { message, start, end } of trace.faults) {
      report({
        message: `This is no Gherkin: ${message}. Correct this line, or make it a comment with \`#\`.`,
        at: { start, end },
      });
    }
  },
});
