import { everyCommand } from "#plan/shell/every-command";
import { onceFor } from "#model/lazily";
import type { ShellCommand, ShellRedirect, ShellScript, ShellWord, SimpleCommand } from "#model/shell-syntax";

/** A simple command with where it stands. */
export interface PlacedCommand {
  readonly command: SimpleCommand;
  /** It changes the state of the session itself: no subshell, substitution or function body is around it. */
  readonly direct: boolean;
  /**
   * Offset up to which nothing runs when it fails: the end of its `&&` list or of the compound it is the condition of; Infinity where
   * its failure ends the block (`|| exit`). Undefined where nothing looks at its failure.
   */
  readonly guardedTo?: number | undefined;
  /** Its failure ends no shell, not even under `set -e`: it stands left of `&&` or `||`, in a condition, or is negated. */
  readonly looked: boolean;
}

interface Place {
  readonly direct: boolean;
  readonly guardedTo?: number | undefined;
  readonly looked: boolean;
}

/** Every simple command of a script in the order written, those in substitutions included. */
export const simpleCommands: (script: ShellScript) => readonly PlacedCommand[] = onceFor(commandsOf);

function commandsOf(script: ShellScript): readonly PlacedCommand[] {
  const found: PlacedCommand[] = [];
  visitScript(script, { direct: true, looked: false }, found);
  return found;
}

/** Names of the functions and aliases a script defines, at any depth. */
export function definedNames(script: ShellScript): readonly string[] {
  const names: string[] = [];
  everyCommand(script, (command) => {
    if (command.kind === "function") names.push(command.name);
    if (command.kind !== "simple" || literalAt(command, 0) !== "alias") return;
    names.push(...command.words.slice(1).flatMap((word) => /^([\w.-]+)=/.exec(word.raw)?.[1] ?? []));
  });
  return names;
}

/** Every redirection of a script, at any depth. */
export function redirectsOf(script: ShellScript): readonly ShellRedirect[] {
  const redirects: ShellRedirect[] = [];
  everyCommand(script, (command) => redirects.push(...command.redirects));
  return redirects;
}

/** The literal value of a command's word. */
export function literalAt(command: SimpleCommand, index: number): string | undefined {
  return command.words[index]?.literal;
}

function visitScript(script: ShellScript, place: Place, found: PlacedCommand[]): void {
  for (const statement of script.statements) {
    visit(statement.command, statement.background ? { ...place, direct: false } : place, found);
  }
}

function visit(command: ShellCommand, place: Place, found: PlacedCommand[]): void {
  if (command.kind === "simple") {
    const { direct, guardedTo, looked } = place;
    found.push({ command, direct, guardedTo, looked });
    for (const word of wordsIn(command))
      for (const script of word.substitutions) visitScript(script, { ...place, direct: false }, found);
    return;
  }
  for (const { script, place: at } of partsOf(command, place)) visitScript(script, at, found);
}

interface Part {
  readonly script: ShellScript;
  readonly place: Place;
}

/** The scripts inside a compound command, each with its place. */
function partsOf(command: Exclude<ShellCommand, SimpleCommand>, place: Place): readonly Part[] {
  const inner = { ...place, direct: false };
  const asked = { ...place, looked: true, guardedTo: Math.max(place.guardedTo ?? 0, guardOf(command)) };
  switch (command.kind) {
    case "test":
    case "arithmetic":
      return command.words.flatMap((word) => word.substitutions.map((script) => ({ script, place: inner })));
    case "pipeline": {
      const at = command.commands.length > 1 ? inner : { ...place, looked: place.looked || command.negated };
      return command.commands.map((one) => ({ script: scriptOf(one), place: at }));
    }
    case "and":
    case "or":
      return [
        { script: scriptOf(command.left), place: asked },
        { script: scriptOf(command.right), place },
      ];
    case "subshell":
      return [{ script: command.body, place: inner }];
    case "group":
      return [{ script: command.body, place }];
    case "if":
      return [
        ...command.branches.flatMap(({ condition, body }) => [
          { script: condition, place: asked },
          { script: body, place },
        ]),
        ...(command.otherwise === undefined ? [] : [{ script: command.otherwise, place }]),
      ];
    case "case":
      return command.branches.map(({ body }) => ({ script: body, place }));
    case "function":
      return [{ script: scriptOf(command.body), place: inner }];
    default:
      return [
        ...(command.condition === undefined ? [] : [{ script: command.condition, place: asked }]),
        { script: command.body, place },
      ];
  }
}

/** How far the failure of a compound's first part keeps things from running. */
function guardOf(command: ShellCommand): number {
  if (command.kind === "or") return leaves(command.right) ? Number.POSITIVE_INFINITY : 0;
  if (command.kind === "if") {
    const bodies = [
      ...command.branches.map((branch) => branch.body),
      ...(command.otherwise === undefined ? [] : [command.otherwise]),
    ];
    return bodies.some((body) => leaves(lastOf(body))) ? Number.POSITIVE_INFINITY : command.end;
  }
  return command.end;
}

/** True when nothing runs behind a command: it ends the shell, the function or the loop, or is another `cd` that is looked at itself. */
function leaves(command: ShellCommand | undefined): boolean {
  if (command === undefined) return false;
  if (command.kind === "group") return leaves(lastOf(command.body));
  if (command.kind === "and") return leaves(command.right);
  if (command.kind === "pipeline") return command.commands.length === 1 && leaves(command.commands[0]);
  return (
    command.kind === "simple" &&
    /^(?:exit|return|break|continue|false|cd|pushd|die|fail)$/.test(literalAt(command, 0) ?? "")
  );
}

function lastOf(script: ShellScript): ShellCommand | undefined {
  return script.statements.at(-1)?.command;
}

function wordsIn(command: SimpleCommand): readonly ShellWord[] {
  const { words, assignments } = command;
  return assignments.length === 0 ? words : [...words, ...assignments.flatMap((one) => one.value ?? [])];
}

function scriptOf(command: ShellCommand): ShellScript {
  return {
    start: command.start,
    end: command.end,
    statements: [{ start: command.start, end: command.end, command, background: false }],
  };
}
