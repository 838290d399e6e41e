import { defineRule, type Rule } from "../rule.ts";

/** Front matter is well-formed YAML. */
export const frontMatterMalformed: Rule = defineRule({
  code: "document/front-matter-malformed",
  severity: "error",
  title: "Front matter malformed",
  summary: "Front matter is well-formed YAML between two lines of three dashes.",
  needs: ["plan"],
  check({ plan }, report) {
    if (plan.frontMatter === undefined) return "not-applicable";
    const { problem } = plan.frontMatter;
    if (problem === undefined) return;
    report({ message: `The front matter cannot be read: ${problem.text}. Correct this line.`, at: problem.range });
  },
});
