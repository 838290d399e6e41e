import type { Plan } from "#model/plan";
import type { ShellCommand } from "#model/shell-syntax";
import type { UnderstoodBlock } from "#model/understanding";
import type { ClaimGround, PlannedRun } from "./claims/claim-scene.ts";
import { declaredTree, moduleFiles, plainPath, writtenPaths } from "./declared-tree.ts";
import { madeFiles } from "./made-files.ts";
import { everyCommand } from "./shell/every-command.ts";
import { invokedBy } from "./shell/handed-script.ts";
import { knownCheck } from "./vacuity/recognised-checks.ts";

/** What sentences of a plan may lean on: what runs, what is served, and which paths it names or declares. */
export function groundOf(plan: Plan, blocks: readonly UnderstoodBlock[]): ClaimGround {
  const tree = declaredTree(plan);
  return {
    runs: plannedRuns(blocks),
    services: blocks.filter(({ settings }) => settings.background).flatMap(({ block }) => block.text.split("\n")),
    paths: [...new Set([...namedPaths(plan, blocks), ...tree.map(({ path }) => path)])],
    tree,
    modules: moduleFiles(plan),
  };
}

/** The simple commands of blocks, and which of them are statements by themselves. */
export function plannedRuns(blocks: readonly UnderstoodBlock[]): readonly PlannedRun[] {
  return blocks.flatMap(({ syntax, block }) => {
    if (syntax === undefined) return [];
    const alone = new Set<ShellCommand>(
      syntax.statements.flatMap(({ command, background }) => (background ? [] : aloneIn(command))),
    );
    const found: PlannedRun[] = [];
    everyCommand(syntax, (command) => {
      const invocation = invokedBy(command);
      if (invocation === undefined) return;
      const { program, values } = invocation;
      const check = knownCheck(program, values)?.kind;
      const text = block.text.slice(command.start, command.end).trim();
      found.push({ text, program, values, alone: alone.has(command), ...(check === undefined ? {} : { check }) });
    });
    return found;
  });
}

/** Why: of `! command` the record tells how the command ended, too. */
function aloneIn(command: ShellCommand): readonly ShellCommand[] {
  return command.kind === "pipeline" && command.negated && command.commands.length === 1 ? command.commands : [command];
}

/** Paths that tasks, steps, modules and blocks of the plan name. */
function namedPaths(plan: Plan, blocks: readonly UnderstoodBlock[]): readonly string[] {
  const made = blocks.flatMap(({ syntax }) =>
    syntax === undefined ? [] : [...madeFiles(syntax), ...madeDirectories(syntax), ...spokenFiles(syntax)],
  );
  return [...writtenPaths(plan), ...made.map(plainPath)];
}

/** Paths with a slash and an ending among the words of commands. */
function spokenFiles(syntax: Parameters<typeof everyCommand>[0]): readonly string[] {
  const found: string[] = [];
  everyCommand(syntax, (command) => {
    for (const value of invokedBy(command)?.values ?? [])
      if (/^[\w.@/+-]{1,200}\/[\w@+-]{1,100}\.\w{1,8}$/.test(value)) found.push(value);
  });
  return found;
}

function madeDirectories(syntax: Parameters<typeof everyCommand>[0]): readonly string[] {
  const found: string[] = [];
  everyCommand(syntax, (command) => {
    const invocation = invokedBy(command);
    if (invocation?.program !== "mkdir") return;
    found.push(...invocation.values.filter((value) => /^[\w./@-]+$/.test(value)));
  });
  return found;
}
