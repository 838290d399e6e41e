import type { ShellScript, ShellWord } from "#model/shell-syntax";
import { everyCommand, wordsOf } from "./every-command.ts";

/** Names of the variables a script expands anywhere, here-documents and substitutions included, sorted; positional ones are none. */
export function usedVariables(script: ShellScript): readonly string[] {
  const names = new Set<string>();
  const see = (variables: readonly string[]): void => {
    for (const name of variables) if (/^[A-Za-z_]\w*$/.test(name)) names.add(name);
  };
  const seeWords = (words: readonly ShellWord[]): void => {
    for (const word of words) see(word.variables);
  };
  everyCommand(script, (command) => {
    seeWords(wordsOf(command));
    for (const { heredoc } of command.redirects) see(heredoc?.variables ?? []);
    if (command.kind !== "simple") return;
    for (const { elements } of command.assignments) seeWords(elements ?? []);
  });
  return [...names].sort();
}
