import type { ShellCommand, ShellWord } from "#model/shell-syntax";
import type { StepUnit, UnderstoodBlock } from "#model/understanding";
import { everyCommand } from "./shell/every-command.ts";
import { invokedBy } from "./shell/handed-script.ts";
import { subcommand } from "./shell/invocation.ts";

/** Options of git itself that take a value. */
const ofGit = ["-c", "-C", "--git-dir", "--work-tree", "--namespace", "--exec-path"];

/** A `git commit` with the words behind it. */
export interface GitCommitCommand {
  readonly command: ShellCommand;
  readonly words: readonly ShellWord[];
}

/** The `git commit` commands of a block, in the order written. */
export function gitCommits({ syntax }: UnderstoodBlock): readonly GitCommitCommand[] {
  const found: GitCommitCommand[] = [];
  if (syntax === undefined) return found;
  everyCommand(syntax, (command) => {
    const invocation = invokedBy(command);
    if (invocation?.program !== "git") return;
    const asked = subcommand(invocation, ofGit);
    if (asked?.name === "commit") found.push({ command, words: asked.rest });
  });
  return found;
}

/** Programs that may stand beside `git commit` in a step that does nothing else. */
const besideGit: ReadonlySet<string> = new Set([
  "git",
  "cd",
  "echo",
  "printf",
  "cat",
  "test",
  "[",
  "true",
  ":",
  "grep",
]);

/** True for a step that commits and does nothing else. */
export function onlyCommits(step: StepUnit): boolean {
  const actions = step.blocks.filter((block) => block.role === "action");
  if (!actions.some((block) => block.syntax !== undefined && gitCommits(block).length > 0)) return false;
  const programs = new Set<string>();
  for (const { syntax } of actions) {
    if (syntax === undefined) return false;
    everyCommand(syntax, (command) => {
      const invocation = invokedBy(command);
      if (invocation !== undefined) programs.add(invocation.program);
    });
  }
  return [...programs].every((program) => besideGit.has(program));
}
