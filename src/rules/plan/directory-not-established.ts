import type { SimpleCommand } from "#model/shell-syntax";
import { defineRule, type Rule } from "../rule.ts";
import { runningBlocks } from "../running-blocks.ts";
import { literalAt, simpleCommands } from "../shell-commands.ts";

/** Where a plan stands: at the workspace root, at a place named absolutely, or wherever an earlier `cd` led. */
type Footing = { readonly kind: "sure" } | { readonly kind: "drifted"; readonly by: string };

/** Every directory is reached from a known place. */
export const directoryNotEstablished: Rule = defineRule({
  code: "plan/directory-not-established",
  severity: "warning",
  title: "Working directory not established",
  summary: "A relative cd starts from a known place: the workspace root, ${PROJECT_ROOT} or an absolute cd before it.",
  needs: ["understood"],
  check({ understood }, report) {
    // Why: a verification's own changes of directory are dropped when it ends.
    const actions = runningBlocks(understood).filter(
      ({ block }) => block.role === "action" && block.syntax !== undefined,
    );
    if (actions.length === 0) return "not-applicable";
    let footing: Footing = { kind: "sure" };
    for (const { block, owner } of actions) {
      const before: Footing = footing;
      let first = true;
      for (const { command } of block.syntax === undefined
        ? []
        : simpleCommands(block.syntax).filter((one) => one.direct)) {
        const target = directoryOf(command);
        if (target === undefined) continue;
        if (first && target === "relative" && before.kind === "drifted") {
          report({
            message: `Where this cd leads depends on the cd of ${before.by}. Begin with an absolute directory, or keep each change in parentheses: (cd … && …).`,
            at: block.block.rangeOf(command.start, command.end),
          });
        }
        first = false;
        footing = target === "absolute" ? { kind: "sure" } : { kind: "drifted", by: owner };
      }
    }
  },
});

/** Where a `cd` leads; undefined for other commands and for a way back (`cd -`, `popd`). */
function directoryOf(command: SimpleCommand): "absolute" | "relative" | undefined {
  const name = literalAt(command, 0);
  if (name !== "cd" && name !== "pushd") return undefined;
  const argument = command.words.slice(1).find((word) => !/^-[LPe@]+$|^--$/.test(word.raw));
  if (argument === undefined) return "absolute";
  if (argument.literal === "-") return undefined;
  const text = argument.raw.replace(/^["']/, "");
  return /^[/~$`]/.test(text) ? "absolute" : "relative";
}
