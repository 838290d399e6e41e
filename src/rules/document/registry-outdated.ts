import { defineRule, type Rule } from "../rule.ts";

/** What the registry documents say is what the documents say now. */
export const registryOutdated: Rule = defineRule({
  code: "document/registry-outdated",
  severity: "warning",
  title: "Registry document that is out of date",
  summary: "The generated part of an index or traceability matrix is what the documents and receipts give now.",
  needs: ["registry"],
  counts: false,
  check({ registry, document }, report) {
    const at = { start: registry.start, end: registry.end };
    if (registry.problem !== undefined) {
      report({ message: `${document.path} cannot be brought up to date: ${registry.problem}.`, at, severity: "error" });
    } else if (registry.edit !== undefined) {
      report({
        message: `What ${document.path} lists is not what the documents say now. Write it again: iplan registry ${registry.type}`,
        at,
        fix: { title: "bring registry documents up to date", edits: [registry.edit] },
      });
    }
    return undefined;
  },
});
