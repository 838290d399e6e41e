import type { TraceFault } from "#model/trace";
import { defineRule, type Rule } from "../rule.ts";

const cures: Readonly<Record<Exclude<TraceFault["kind"], "tag">, string>> = {
  gherkin: "Correct this line.",
  yaml: "Correct it here, or in the lines above.",
  "too-deep": "Write it with fewer levels; it was not read.",
  "alias-bomb": "Write the values out, or fewer of them; nothing was expanded.",
};

/** A specification or contract in YAML is well formed. */
export const yamlSyntax: Rule = defineRule({
  code: "document/yaml-syntax",
  severity: "error",
  title: "No YAML",
  summary: "A specification or contract in YAML is well formed, and no bomb of aliases or levels.",
  needs: ["faults"],
  check({ document, faults }, report) {
    if (!/\.ya?ml$/i.test(document.path)) return "not-applicable";
    for (const { kind, message, start, end } of faults) {
      if (kind === "tag") continue;
      report({ message: `This YAML cannot be used: ${message}. ${cures[kind]}`, at: { start, end } });
    }
  },
});
