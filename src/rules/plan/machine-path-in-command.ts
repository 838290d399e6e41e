import type { UnderstoodBlock } from "#model/understanding";
import { findMachinePaths, mayHoldMachinePath } from "../find-machine-paths.ts";
import { defineRule, type Rule } from "../rule.ts";
import { runningBlocks } from "../running-blocks.ts";
import { redirectsOf } from "../shell-commands.ts";

/** Commands name no place of one machine. */
export const machinePathInCommand: Rule = defineRule({
  code: "plan/machine-path-in-command",
  severity: "warning",
  title: "Machine-specific path in a command",
  summary: "Commands of a shared plan run on every machine: they name paths relative to the workspace.",
  needs: ["understood"],
  check({ understood }, report) {
    const blocks = runningBlocks(understood);
    if (blocks.length === 0) return "not-applicable";
    for (const { block, owner } of blocks) {
      if (!mayHoldMachinePath(block.block.text)) continue;
      for (const path of findMachinePaths(withoutHeredocs(block))) {
        report({
          message: `${path.text} exists on one machine only, so ${owner} fails elsewhere. Write it relative to the workspace, where every run begins.`,
          at: block.block.rangeOf(path.start, path.end),
          cause: `machine-path:${path.root}`,
        });
      }
    }
  },
});

/** Why: what a here-document writes may be meant for a container or server, where the path exists. */
function withoutHeredocs(block: UnderstoodBlock): string {
  const { text } = block.block;
  const bodies = block.syntax === undefined ? [] : redirectsOf(block.syntax).flatMap((one) => one.heredoc?.body ?? []);
  return bodies.reduce(
    (kept, { start, end }) => kept.slice(0, start) + " ".repeat(end - start) + kept.slice(end),
    text,
  );
}
