import type { ShellCommand } from "#model/shell-syntax";

/** The body of a command's here-document, or the text of its here-string. */
export function heredocText(command: ShellCommand, text: string): string | undefined {
  for (const { heredoc, operator, target } of command.redirects) {
    if (heredoc !== undefined) return text.slice(heredoc.body.start, heredoc.body.end);
    if (operator === "<<<") return target?.literal;
  }
  return undefined;
}
