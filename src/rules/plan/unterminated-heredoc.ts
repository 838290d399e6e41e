import { defineRule, type Rule } from "../rule.ts";
import { runningBlocks } from "../running-blocks.ts";
import { redirectsOf } from "../shell-commands.ts";

/** Every here-document ends in its block. */
export const unterminatedHeredoc: Rule = defineRule({
  code: "plan/unterminated-heredoc",
  severity: "error",
  title: "Unterminated here-document",
  summary: "Every here-document ends with its delimiter inside its block; bash itself would only warn.",
  needs: ["understood"],
  check({ understood }, report) {
    const blocks = runningBlocks(understood).filter(({ block }) => block.syntax !== undefined);
    if (blocks.length === 0) return "not-applicable";
    for (const { block } of blocks) {
      if (!block.block.text.includes("<<")) continue;
      for (const redirect of block.syntax === undefined ? [] : redirectsOf(block.syntax)) {
        if (redirect.heredoc === undefined || redirect.heredoc.terminated) continue;
        const { delimiter } = redirect.heredoc;
        report({
          message: `This here-document never ends. Put ${delimiter} alone on a line, without blanks, before the fence closes.`,
          at: block.block.rangeOf(redirect.start, redirect.end),
        });
      }
    }
  },
});
