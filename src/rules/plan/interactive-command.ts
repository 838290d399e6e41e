import { interactiveCommands } from "../interactive-commands.ts";
import { defineRule, type Rule } from "../rule.ts";
import { runningBlocks } from "../running-blocks.ts";
import { literalAt, type PlacedCommand, simpleCommands } from "../shell-commands.ts";

/** No command waits for a person. */
export const interactiveCommand: Rule = defineRule({
  code: "plan/interactive-command",
  severity: "warning",
  title: "Interactive command",
  summary: "No command waits for a person: standard input is empty and prompts fail at once.",
  needs: ["understood"],
  check({ understood }, report) {
    const blocks = runningBlocks(understood).filter(({ block }) => block.syntax !== undefined);
    if (blocks.length === 0) return "not-applicable";
    for (const { block, owner } of blocks) {
      for (const placed of block.syntax === undefined ? [] : simpleCommands(block.syntax)) {
        const reason = isFed(placed) ? undefined : reasonOf(placed);
        if (reason === undefined) continue;
        const { start, end } = placed.command;
        report({
          message: `This command of ${owner} waits for a person: ${reason}. Give it its answers as options, or leave it to a person outside the plan.`,
          at: block.block.rangeOf(start, end),
        });
      }
    }
  },
});

/** Standard input comes from a file, here-document or here-string. */
function isFed({ command }: PlacedCommand): boolean {
  return command.redirects.some((redirect) => redirect.operator.startsWith("<"));
}

function reasonOf({ command, direct }: PlacedCommand): string | undefined {
  const skip = literalAt(command, 0) === "sudo" ? 1 : 0;
  const name = literalAt(command, skip) ?? "";
  const args = command.words.slice(skip + 1).map((word) => word.literal ?? word.raw);
  // Why: in a pipeline a reader such as less or python is fed by its neighbour.
  if (!direct && !["git", "docker", "npm", "vim", "nano", "vi"].includes(name)) return undefined;
  return interactiveCommands.get(name)?.(args);
}
