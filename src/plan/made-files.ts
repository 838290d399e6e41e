import type { ShellScript, ShellWord } from "#model/shell-syntax";
import { everyCommand } from "./shell/every-command.ts";
import { invokedBy } from "./shell/handed-script.ts";
import { operands } from "./shell/invocation.ts";

/** Paths a script writes by name: targets of `>`, `touch`, `tee`, and the last word of `cp`, `mv`. */
export function madeFiles(script: ShellScript): readonly string[] {
  const paths = new Set<string>();
  const add = (word: ShellWord | undefined): void => {
    if (word?.literal !== undefined && /^[\w.@+-][^*?[\]{}]*$/.test(word.literal)) paths.add(word.literal);
  };
  everyCommand(script, (command) => {
    for (const { operator, target, heredoc } of command.redirects) {
      if (heredoc === undefined && /^>[>|]?$/.test(operator)) add(target);
    }
    const invocation = invokedBy(command);
    if (invocation === undefined) return;
    const { program, args } = invocation;
    if (program === "touch" || program === "tee") for (const word of operands(args)) add(word);
    if (program === "cp" || program === "mv") add(operands(args).at(-1));
  });
  return [...paths];
}
