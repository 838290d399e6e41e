import type { ShellCommand, ShellScript, ShellStatement, ShellWord } from "#model/shell-syntax";
import { invokedBy } from "../shell/handed-script.ts";

/** Statements whose failure a later one demands, by their indices. */
export interface DemandedFailures {
  /** These may fail: `tool --no-such-option` before `test $? -eq 2`. */
  readonly mayFail: ReadonlySet<number>;
  /** These demand it. */
  readonly demand: ReadonlySet<number>;
}

const noDemand: DemandedFailures = { mayFail: new Set(), demand: new Set() };

/** Finds `command` followed by a test of `$?`, or of a variable that was set from it, that a status of 0 would not pass. */
export function demandedFailures(statements: readonly ShellStatement[]): DemandedFailures {
  if (statements.length < 2) return noDemand;
  const mayFail = new Set<number>();
  const demand = new Set<number>();
  let kept: { readonly index: number; readonly name: string } | undefined;
  for (const [index, { command }] of statements.entries()) {
    const name = keptStatus(command);
    if (name !== undefined && index > 0) {
      kept = { index: index - 1, name };
      continue;
    }
    const direct = index > 0 && passesAt(command, "?") === false;
    const later = kept !== undefined && passesAt(command, kept.name) === false;
    if (!direct && !later) continue;
    mayFail.add(direct ? index - 1 : (kept?.index ?? index));
    demand.add(index);
  }
  return { mayFail, demand };
}

/** The variable that `status=$?` sets. */
function keptStatus(command: ShellCommand): string | undefined {
  if (command.kind !== "simple" || command.words.length > 0 || command.assignments.length !== 1) return undefined;
  const [only] = command.assignments;
  return only?.value?.raw.replaceAll('"', "") === "$?" ? only.name : undefined;
}

/** Whether a command passes when the variable holds 0; undefined when it does not ask for it. */
function passesAt(command: ShellCommand, name: string): boolean | undefined {
  switch (command.kind) {
    case "test":
      return holdsAt(command.words, name);
    case "simple": {
      const invocation = invokedBy(command);
      if (invocation?.program === "test") return holdsAt(invocation.args, name);
      return invocation?.program === "[" ? holdsAt(invocation.args.slice(0, -1), name) : undefined;
    }
    case "or": {
      const left = passesAt(command.left, name);
      if (left === undefined) return undefined;
      return left ? true : (endOf(command.right) ?? endOfGroup(command.right));
    }
    case "and": {
      const left = passesAt(command.left, name);
      if (left === undefined) return undefined;
      return left ? (endOf(command.right) ?? endOfGroup(command.right) ?? true) : undefined;
    }
    case "if": {
      const [branch] = command.branches;
      const condition = branch?.condition.statements[0]?.command;
      const holds = condition === undefined ? undefined : passesAt(condition, name);
      if (holds === undefined) return undefined;
      return holds ? endOfScript(branch?.body) : endOfScript(command.otherwise);
    }
    default:
      return undefined;
  }
}

/** False for a command that always fails; undefined for any other. */
function endOf(command: ShellCommand): boolean | undefined {
  const invocation = invokedBy(command);
  const ends = invocation?.program === "exit" || invocation?.program === "return";
  if (invocation?.program === "false" || (ends && !/^(?:0|)$/.test(invocation.values[0] ?? ""))) return false;
  return undefined;
}

function endOfGroup(command: ShellCommand): boolean | undefined {
  return command.kind === "group" || command.kind === "subshell" ? endOfScript(command.body) : undefined;
}

function endOfScript(script: ShellScript | undefined): boolean {
  return script?.statements.every(({ command }) => endOf(command) !== false) ?? true;
}

const relations: Readonly<Record<string, (bound: number) => boolean>> = {
  "-eq": (bound) => bound === 0,
  "=": (bound) => bound === 0,
  "==": (bound) => bound === 0,
  "-ne": (bound) => bound !== 0,
  "!=": (bound) => bound !== 0,
  "-gt": (bound) => bound < 0,
  "-ge": (bound) => bound <= 0,
  "-lt": (bound) => bound > 0,
  "-le": (bound) => bound >= 0,
};

function holdsAt(words: readonly ShellWord[], name: string): boolean | undefined {
  const [left, operator, right] = words;
  if (words.length !== 3 || left === undefined || right === undefined) return undefined;
  if (left.variables.length !== 1 || left.variables[0] !== name || right.literal === undefined) return undefined;
  return relations[operator?.raw ?? ""]?.(Number(right.literal));
}
