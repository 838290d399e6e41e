import { Command, CommanderError, Option } from "commander";
import { IplanError } from "#model/errors";
import type { CommandInput } from "#session/command";
import { type CommandSpec, commandTable } from "#session/commands";

/** A command line as understood. */
export interface Invocation {
  /** Absent when `iplan` stands alone. */
  readonly command: string | undefined;
  readonly help: boolean;
  readonly version: boolean;
  readonly json: boolean;
  readonly directory: string | undefined;
  readonly input: CommandInput;
}

/** Reads a command line by the command table. Throws `usage/arguments` with what to do. */
export function parseArguments(words: readonly string[]): Invocation {
  let found: Invocation | undefined;
  const program = createProgram(words, (invocation) => {
    found = invocation;
  });
  try {
    program.parse([...words], { from: "user" });
  } catch (error) {
    if (error instanceof CommanderError) throw usageError(error, words);
    throw error;
  }
  if (found === undefined)
    throw new IplanError("usage/arguments", "The command line was not understood.", "See `iplan --help`.");
  return found;
}

function usageError(error: CommanderError, words: readonly string[]): IplanError {
  const text = error.message
    .replace(/^error: /, "")
    .replace(/\n.*/s, "")
    .replace(/\.$/, "");
  const hint = /\(Did you mean ([^)]*)\?\)/.exec(error.message)?.[1];
  const command = commandTable.find((spec) => isAmong(words, spec));
  const cure =
    hint === undefined
      ? `See \`iplan ${command === undefined ? "" : `${command.name} `}--help\`.`
      : `Did you mean ${hint}?`;
  return new IplanError("usage/arguments", `${text.charAt(0).toUpperCase()}${text.slice(1)}.`, cure);
}

/** Why: a command that is meant stands among the words, and making all of them takes longer than reading the line. */
function createProgram(words: readonly string[], accept: (invocation: Invocation) => void): Command {
  const program = withCommonOptions(new Command("iplan")).option("--version").argument("[rest...]");
  program.action((rest: string[], options: Record<string, unknown>) => {
    if (rest.length > 0) unknownCommand(program, rest[0] ?? "");
    accept(invocationOf(undefined, [], options));
  });
  for (const spec of commandTable.filter((each) => isAmong(words, each))) addCommand(program, spec, accept);
  return program;
}

function isAmong(words: readonly string[], { name, alias }: CommandSpec): boolean {
  return words.includes(name) || (alias !== undefined && words.includes(alias));
}

function unknownCommand(program: Command, word: string): never {
  const near = commandTable.map((spec) => spec.name).find((name) => isNear(name, word));
  const hint = near === undefined ? "" : `\n(Did you mean iplan ${near}?)`;
  return program.error(`error: unknown command '${word}'${hint}`);
}

/** True when one word becomes the other by at most two single edits. */
function isNear(a: string, b: string): boolean {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return (row[b.length] ?? 9) <= 2;
}

function withCommonOptions(command: Command): Command {
  return command
    .exitOverride()
    .configureOutput({ writeOut: () => undefined, writeErr: () => undefined })
    .helpOption(false)
    .helpCommand(false)
    .option("-h, --help")
    .option("--json")
    .option("--cwd <dir>");
}

function addCommand(program: Command, spec: CommandSpec, accept: (invocation: Invocation) => void): void {
  const command = withCommonOptions(new Command(spec.name));
  if (spec.alias !== undefined) command.alias(spec.alias);
  // Why: `--help` must work without the required arguments, so they are asked for in the action.
  for (const argument of spec.arguments)
    command.argument(argument.many === true ? `[${argument.name}...]` : `[${argument.name}]`);
  for (const entry of spec.options) command.addOption(optionOf(entry));
  command.action((...given: unknown[]) => {
    const options = { ...program.opts(), ...command.opts() };
    const values = given.slice(0, spec.arguments.length);
    if (options["help"] !== true) requireArguments(command, spec, values, options);
    accept(invocationOf(spec, values, options));
  });
  program.addCommand(command);
}

function optionOf(entry: CommandSpec["options"][number]): Option {
  const made = new Option(entry.value === undefined ? `--${entry.name}` : `--${entry.name} <${entry.value}>`);
  if (entry.many === true)
    made.argParser((value: string, before: unknown) => [...(Array.isArray(before) ? (before as string[]) : []), value]);
  return made;
}

function requireArguments(
  command: Command,
  spec: CommandSpec,
  values: readonly unknown[],
  options: Record<string, unknown>,
): void {
  for (const [index, argument] of spec.arguments.entries()) {
    const value = values[index];
    if (argument.required && value === undefined)
      command.error(`error: ${argument.name} is missing: ${argument.summary}`);
    if (argument.mayBeEmpty !== true && isEmpty(value))
      command.error(`error: ${argument.name} is empty: ${argument.summary}`);
  }
  for (const { name } of spec.options)
    if (isEmpty(options[camelCase(name)])) command.error(`error: --${name} is empty`);
}

/** Why: a script whose variable is not set names nothing, and nothing must not become the whole workspace. */
function isEmpty(value: unknown): boolean {
  return value === "" || (Array.isArray(value) && value.includes(""));
}

function invocationOf(
  spec: CommandSpec | undefined,
  values: readonly unknown[],
  options: Record<string, unknown>,
): Invocation {
  const named = spec?.arguments.map((argument, index) => [argument.name, values[index]] as const) ?? [];
  return {
    command: spec?.name,
    help: options["help"] === true,
    version: options["version"] === true,
    json: options["json"] === true,
    directory: typeof options["cwd"] === "string" ? options["cwd"] : undefined,
    input: {
      arguments: Object.fromEntries(named) as CommandInput["arguments"],
      options: Object.fromEntries(
        spec?.options.map((entry) => [entry.name, options[camelCase(entry.name)]]) ?? [],
      ) as CommandInput["options"],
    },
  };
}

function camelCase(name: string): string {
  return name.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
