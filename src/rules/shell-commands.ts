import { everyCommand } from "#plan/shell/every-command";
import type { ShellCommand, ShellRedirect, ShellScript, ShellWord, SimpleCommand } from "#model/shell-syntax";

/** A simple command with where it stands. */
export interface PlacedCommand {
  readonly command: SimpleCommand;
  /** It changes the state of the session itself: no subshell, substitution or function body is around it. */
  readonly direct: boolean;
  /** Its failure is seen: it stands left of `&&` or `||`, in a condition, or is negated. */
  readonly guarded: boolean;
}

interface Place {
  readonly direct: boolean;
  readonly guarded: boolean;
}

/** Every simple command of a script in the order written, those in substitutions included. */
export function simpleCommands(script: ShellScript): readonly PlacedCommand[] {
  const found: PlacedCommand[] = [];
  visitScript(script, { direct: true, guarded: false }, found);
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
  const inner = { ...place, direct: false };
  if (command.kind === "simple") {
    found.push({ command, ...place });
    for (const word of wordsIn(command)) for (const script of word.substitutions) visitScript(script, inner, found);
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
  const guarded = { ...place, guarded: true };
  switch (command.kind) {
    case "test":
    case "arithmetic":
      return command.words.flatMap((word) => word.substitutions.map((script) => ({ script, place: inner })));
    case "pipeline": {
      const at = command.commands.length > 1 ? inner : { ...place, guarded: place.guarded || command.negated };
      return command.commands.map((one) => ({ script: scriptOf(one), place: at }));
    }
    case "and":
    case "or":
      return [
        { script: scriptOf(command.left), place: guarded },
        { script: scriptOf(command.right), place },
      ];
    case "subshell":
      return [{ script: command.body, place: inner }];
    case "group":
      return [{ script: command.body, place }];
    case "if":
      return [
        ...command.branches.flatMap(({ condition, body }) => [
          { script: condition, place: guarded },
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
        ...(command.condition === undefined ? [] : [{ script: command.condition, place: guarded }]),
        { script: command.body, place },
      ];
  }
}

function wordsIn(command: SimpleCommand): readonly ShellWord[] {
  return [...command.words, ...command.assignments.flatMap((one) => one.value ?? [])];
}

function scriptOf(command: ShellCommand): ShellScript {
  return {
    start: command.start,
    end: command.end,
    statements: [{ start: command.start, end: command.end, command, background: false }],
  };
}
