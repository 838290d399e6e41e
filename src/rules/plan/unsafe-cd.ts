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
      const unsafe = destructive.length === 0 ? undefined : firstUnsafe(block, destructive);
      if (unsafe === undefined) continue;
      const { change, command } = unsafe;
      const where = change.looked ? "" : " wherever the block is pasted";
      report({
        message: `If this cd fails, "${command}" runs in the wrong directory${where}. Join them with &&, or write cd … || exit 1.`,
        at: block.block.rangeOf(change.command.start, change.command.end),
      });
    }
  },
});

interface Unsafe {
  readonly change: PlacedCommand;
  readonly command: string;
}

/** The first cd whose failure lets a destructive command behind it run. */
function firstUnsafe(block: UnderstoodBlock, destructive: UnderstoodBlock["risks"]): Unsafe | undefined {
  let strict = false;
  for (const change of block.syntax === undefined ? [] : simpleCommands(block.syntax)) {
    const name = literalAt(change.command, 0);
    if (name === "set") strict ||= change.command.words.slice(1).some((word) => /^-[a-z]*e/.test(word.raw));
    if (name !== "cd" || !change.direct || change.command.words.length < 2 || (strict && !change.looked)) continue;
    const end = block.block.toDocument(Math.min(change.guardedTo ?? change.command.end, block.block.text.length));
    const after =
      change.guardedTo === Number.POSITIVE_INFINITY
        ? undefined
        : destructive.find((note) => note.range.start.offset >= end);
    if (after !== undefined) return { change, command: after.command };
  }
  return undefined;
}
