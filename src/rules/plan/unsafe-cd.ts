import type { UnderstoodBlock } from "#model/understanding";
import { defineRule, type Rule } from "../rule.ts";
import { runningBlocks } from "../running-blocks.ts";
import { literalAt, type PlacedCommand, simpleCommands } from "../shell-commands.ts";

/** Nothing is destroyed in a directory that may not have been reached. */
export const unsafeCd: Rule = defineRule({
  code: "plan/unsafe-cd",
  severity: "warning",
  title: "Unguarded cd before a destructive command",
  summary: "Where a destructive command follows a cd, the cd's failure stops it.",
  needs: ["understood"],
  check({ understood }, report) {
    const blocks = runningBlocks(understood).filter(({ block }) => block.syntax !== undefined);
    if (blocks.length === 0) return "not-applicable";
    for (const { block } of blocks) {
      const destructive = block.risks.filter((note) => note.risk === "destructive");
      const change = destructive.length === 0 ? undefined : unguardedCd(block);
      if (change === undefined) continue;
      const at = block.block.rangeOf(change.command.start, change.command.end);
      const after = destructive.find((note) => note.range.start.offset > at.start.offset);
      if (after === undefined) continue;
      report({
        message: `If this cd fails, "${after.command}" runs in the wrong directory wherever the block is pasted. Write cd … && …, or cd … || exit 1.`,
        at,
      });
    }
  },
});

function unguardedCd(block: UnderstoodBlock): PlacedCommand | undefined {
  for (const placed of block.syntax === undefined ? [] : simpleCommands(block.syntax)) {
    const name = literalAt(placed.command, 0);
    if (name === "set" && placed.command.words.slice(1).some((word) => /^-[a-z]*e/.test(word.raw))) return undefined;
    if (name === "cd" && placed.direct && !placed.guarded && placed.command.words.length > 1) return placed;
  }
  return undefined;
}
