import type { RiskClass } from "#model/understanding";
import { defineRule, type Rule } from "../rule.ts";
import { runningBlocks } from "../running-blocks.ts";

const meanings: Readonly<Partial<Record<RiskClass, string>>> = {
  outside: "writes outside the workspace",
  network: "uses the network",
  publish: "publishes",
};

/** What reaches out of the workspace is seen. */
export const outsideCommand: Rule = defineRule({
  code: "plan/outside-command",
  severity: "info",
  title: "Command that reaches outside",
  summary: "Commands that write outside the workspace, use the network or publish are known before they are approved.",
  needs: ["understood"],
  check({ understood }, report) {
    const blocks = runningBlocks(understood);
    if (blocks.length === 0) return "not-applicable";
    for (const { block, owner } of blocks) {
      for (const note of block.risks) {
        const meaning = meanings[note.risk];
        if (meaning === undefined) continue;
        report({
          message: `A command of ${owner} ${meaning}: ${note.reason}. Approve it knowingly, or keep it out of the plan.`,
          at: note.range,
          cause: `outside:${note.risk}:${note.command}`,
        });
      }
    }
  },
});
