import { defineRule, type Rule } from "../rule.ts";
import { runningBlocks } from "../running-blocks.ts";

/** Commands are whole. */
export const placeholderInCommand: Rule = defineRule({
  code: "plan/placeholder-in-command",
  severity: "error",
  title: "Placeholder in a command",
  summary: "No command that would run holds a placeholder.",
  needs: ["understood"],
  check({ understood }, report) {
    const blocks = runningBlocks(understood);
    if (blocks.length === 0) return "not-applicable";
    for (const { block, owner } of blocks) {
      for (const placeholder of block.placeholders) {
        report({
          message: `${placeholder.text} is a placeholder, and ${owner} would run it. Write the real value.`,
          at: placeholder.range,
        });
      }
    }
  },
});
