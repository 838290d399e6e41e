import { findMachinePaths, mayHoldMachinePath } from "../find-machine-paths.ts";
import { proseOf } from "../masked-text.ts";
import { defineRule, type Rule } from "../rule.ts";

/** The text names no place that exists on one machine only. */
export const machinePath: Rule = defineRule({
  code: "document/machine-path",
  severity: "warning",
  title: "Machine-specific path",
  summary: "A shared plan names paths relative to the workspace, not places of one machine.",
  needs: ["plan"],
  check({ source, plan }, report) {
    if (!mayHoldMachinePath(source.text)) return;
    for (const path of findMachinePaths(proseOf(source, plan))) {
      report({
        message: `${path.text} exists on one machine only. Write the path relative to the workspace.`,
        at: path,
        cause: `machine-path:${path.root}`,
      });
    }
  },
});
