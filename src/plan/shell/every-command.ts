import type { ShellCommand, ShellScript, ShellWord, SimpleCommand } from "#model/shell-syntax";

/** Shows every command of a script in the order written, from the outside in, those in substitutions and here-documents included. */
export function everyCommand(script: ShellScript, see: (command: ShellCommand) => void): void {
  for (const statement of script.statements) visit(statement.command, see);
}

function visit(command: ShellCommand, see: (command: ShellCommand) => void): void {
  see(command);
  if (command.kind === "simple") {
    visitSimple(command, see);
    return;
  }
  for (const part of commandsWithin(command)) visit(part, see);
  for (const script of scriptsWithin(command)) everyCommand(script, see);
  for (const word of wordsOf(command)) for (const script of word.substitutions) everyCommand(script, see);
  for (const { heredoc } of command.redirects)
    for (const script of heredoc?.substitutions ?? []) everyCommand(script, see);
}

/** Why: nearly all commands are simple and hold no other. */
function visitSimple({ assignments, words, redirects }: SimpleCommand, see: (command: ShellCommand) => void): void {
  for (const { value } of assignments) if (value !== undefined) visitWord(value, see);
  for (const word of words) visitWord(word, see);
  for (const { target } of redirects) if (target !== undefined) visitWord(target, see);
  for (const { heredoc } of redirects)
    if (heredoc !== undefined) for (const script of heredoc.substitutions) everyCommand(script, see);
}

function visitWord({ substitutions }: ShellWord, see: (command: ShellCommand) => void): void {
  for (const script of substitutions) everyCommand(script, see);
}

/** Commands that stand directly in a command. */
function commandsWithin(command: ShellCommand): readonly ShellCommand[] {
  switch (command.kind) {
    case "pipeline":
      return command.commands;
    case "and":
    case "or":
      return [command.left, command.right];
    case "function":
      return [command.body];
    default:
      return [];
  }
}

/** Scripts that stand directly in a compound command. */
function scriptsWithin(command: ShellCommand): readonly ShellScript[] {
  switch (command.kind) {
    case "subshell":
    case "group":
      return [command.body];
    case "if": {
      const branches = command.branches.flatMap(({ condition, body }) => [condition, body]);
      return command.otherwise === undefined ? branches : [...branches, command.otherwise];
    }
    case "while":
    case "until":
    case "for":
    case "select":
      return command.condition === undefined ? [command.body] : [command.condition, command.body];
    case "case":
      return command.branches.map(({ body }) => body);
    default:
      return [];
  }
}

/** Words of a command itself, targets of redirections and assigned values included. */
export function wordsOf(command: ShellCommand): readonly ShellWord[] {
  const targets = command.redirects.flatMap(({ target }) => target ?? []);
  switch (command.kind) {
    case "simple":
      return [...command.assignments.flatMap(({ value }) => value ?? []), ...command.words, ...targets];
    case "test":
    case "arithmetic":
    case "for":
    case "select":
    case "while":
    case "until":
      return [...command.words, ...targets];
    case "case":
      return command.subject === undefined ? targets : [command.subject, ...targets];
    default:
      return targets;
  }
}
