import type { ShellStatement, ShellSyntax } from "#model/shell-syntax";

/** Commands that may follow a service without waiting for it. */
const idle: ReadonlySet<string> = new Set(["sleep", "echo", "printf", "disown", "true", ":"]);

/**
 * The statement by which a block leaves a command running: its last one, ended by `&`; behind it stand at most pauses, messages and
 * assignments (`PID=$!`). Undefined when the block waits for all it starts.
 */
export function leftRunning(text: string, syntax: ShellSyntax): string | undefined {
  const last = syntax.statements.findLast((statement) => !isIdle(statement));
  return last?.background === true ? `${text.slice(last.start, last.end).replace(/\s*&\s*$/, "")} &` : undefined;
}

function isIdle({ command, background }: ShellStatement): boolean {
  if (background || command.kind !== "simple") return false;
  return command.words.length === 0 || idle.has(command.words[0]?.literal ?? "");
}
