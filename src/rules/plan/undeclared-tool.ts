import type { Plan } from "#model/plan";
import { everywhereTools, toolNames } from "../everywhere-tools.ts";
import { defineRule, type Rule } from "../rule.ts";
import { runningBlocks } from "../running-blocks.ts";
import { definedNames, literalAt, simpleCommands } from "../shell-commands.ts";

/** Tools that steps use stand in the prerequisites. */
export const undeclaredTool: Rule = defineRule({
  code: "plan/undeclared-tool",
  severity: "info",
  title: "Tool not among the prerequisites",
  summary: "Every tool a step uses stands under Required Tools, so that its absence is known before the run.",
  needs: ["understood"],
  check({ understood }, report) {
    const blocks = runningBlocks(understood).filter(({ block }) => block.syntax !== undefined);
    if (blocks.length === 0) return "not-applicable";
    const declared = declaredTools(understood.plan);
    const defined = new Set(
      blocks.flatMap(({ block }) => (block.syntax === undefined ? [] : definedNames(block.syntax))),
    );
    for (const { block, owner } of blocks) {
      for (const { command } of block.syntax === undefined ? [] : simpleCommands(block.syntax)) {
        const word = command.words[0];
        const name = literalAt(command, 0);
        if (word === undefined || name === undefined || defined.has(name) || !isTool(name)) continue;
        if (toolNames(name).some((one) => declared.has(one))) continue;
        report({
          message: `${owner[0]?.toUpperCase() ?? ""}${owner.slice(1)} uses ${name}, which is not among the prerequisites. Add it under Required Tools.`,
          at: block.block.rangeOf(word.start, word.end),
          cause: `tool:${name}`,
        });
      }
    }
  },
});

function isTool(name: string): boolean {
  return /^[a-z][\w.+-]*$/.test(name) && !everywhereTools.has(name);
}

function declaredTools(plan: Plan): ReadonlySet<string> {
  const tools = plan.prerequisites.filter((one) => one.kind === "tool");
  return new Set(tools.flatMap((tool) => `${tool.name ?? ""} ${tool.text}`.toLowerCase().split(/[^a-z0-9+-]+/)));
}
