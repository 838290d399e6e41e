import type { TextAt } from "#model/plan";
import type { Range } from "#model/source";
import { defineRule, type Rule } from "../rule.ts";
import { runningBlocks } from "../running-blocks.ts";
import { redirectsOf } from "../shell-commands.ts";

/** Blocks that run are bash. */
export const bashSyntax: Rule = defineRule({
  code: "plan/bash-syntax",
  severity: "error",
  title: "Bash syntax error",
  summary: "Every block that would run is well-formed bash.",
  needs: ["understood"],
  check({ understood }, report) {
    const blocks = runningBlocks(understood).filter(({ block }) => block.syntax !== undefined);
    if (blocks.length === 0) return "not-applicable";
    for (const { block, owner } of blocks) {
      const { syntax } = block;
      if (syntax === undefined) continue;
      if (syntax.incomplete) {
        report({
          message: `This block of ${owner} is too long or too deep to be understood. Split it, or move it into a script.`,
          at: block.block.range,
          severity: "warning",
        });
      }
      if (syntax.errors.length === 0) continue;
      const open = redirectsOf(syntax).filter((one) => one.heredoc?.terminated === false);
      for (const error of syntax.errors) {
        // Why: an unterminated here-document has a rule of its own.
        if (open.some((one) => one.start <= error.start && error.start <= (one.heredoc?.body.end ?? one.end))) continue;
        const at = block.block.rangeOf(error.start, error.end);
        if (block.placeholders.some((one) => meets(one, at))) continue;
        report({ message: `This is not bash: ${error.message}. Correct it; ${owner} cannot run.`, at });
      }
    }
  },
});

function meets(placeholder: TextAt, at: Range): boolean {
  return placeholder.range.start.offset <= at.end.offset && at.start.offset <= placeholder.range.end.offset;
}
