import { defineRule, type Rule } from "../rule.ts";
import { runningBlocks } from "../running-blocks.ts";

/** What destroys is announced. */
export const destructiveCommand: Rule = defineRule({
  code: "plan/destructive-command",
  severity: "warning",
  title: "Destructive command",
  summary: "A command that destroys what it did not make asks for a confirmation of its own.",
  needs: ["understood"],
  check({ understood }, report) {
    const blocks = runningBlocks(understood);
    if (blocks.length === 0) return "not-applicable";
    for (const { block, owner } of blocks.filter((one) => !one.block.settings.confirm)) {
      for (const note of block.risks.filter((one) => one.risk === "destructive")) {
        report({
          message: `${owner[0]?.toUpperCase() ?? ""}${owner.slice(1)} would destroy something: ${note.reason}. Narrow the command, or put <!-- iplan: confirm --> before the block.`,
          at: note.range,
        });
      }
    }
  },
});
