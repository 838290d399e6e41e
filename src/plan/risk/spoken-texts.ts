import type { PipelineCommand, ShellCommand, ShellWord, SimpleCommand } from "#model/shell-syntax";
import { shells } from "../shell/handed-script.ts";
import { type Invocation, invocationOf, operands } from "../shell/invocation.ts";

type Spoken = (invocation: Invocation) => readonly string[];

const sshValued = "-p -i -l -o -F -J -L -R -D -b -c -E -m -w -W -S -Q".split(" ");

function afterOption(option: RegExp): Spoken {
  return ({ args, values }) => args.filter((_, index) => option.test(values[index - 1] ?? "")).map(textOf);
}

/** Programs that keep or pass on shell text in their arguments. */
const speakers: Readonly<Record<string, Spoken>> = {
  trap: ({ args }) => operands(args).slice(0, 1).map(textOf),
  alias: ({ args }) => operands(args).flatMap((word) => /^[^=]+=(.*)$/s.exec(aliasText(word))?.[1] ?? []),
  su: afterOption(/^(?:-c|--command)$/),
  runuser: afterOption(/^(?:-c|--command)$/),
  script: afterOption(/^-[a-z]*c$/),
  watch: ({ args }) => joined(operands(args, ["-n", "--interval"])),
  ssh: ({ args }) => joined(afterHost(args)),
};

/** Shell text that a call keeps for later or has another machine run: a trap, an alias, the command of `ssh`, `su -c`. */
export function spokenTexts(invocation: Invocation): readonly string[] {
  return (Object.hasOwn(speakers, invocation.program) ? speakers[invocation.program] : undefined)?.(invocation) ?? [];
}

/** The text of a word as bash would read it were it a script: outer quotes gone, expansions as written. */
export function textOf(word: ShellWord): string {
  if (word.literal !== undefined) return word.literal;
  const quoted = /^"(.*)"$/s.exec(word.raw)?.[1];
  return quoted === undefined ? word.raw : quoted.replace(/\\(["$`\\])/g, "$1");
}

function aliasText(word: ShellWord): string {
  return word.literal ?? word.raw.replace(/^(["'])(.*)\1$/s, "$2").replace(/=(["'])(.*)\1$/s, "=$2");
}

function joined(words: readonly ShellWord[]): readonly string[] {
  return words.length === 0 ? [] : [words.map(textOf).join(" ")];
}

/** What follows the host of `ssh`: options of the remote command are its own. */
function afterHost(args: readonly ShellWord[]): readonly ShellWord[] {
  for (let index = 0; index < args.length; index++) {
    const value = args[index]?.literal ?? args[index]?.raw ?? "";
    if (!value.startsWith("-")) return args.slice(index + 1);
    if (sshValued.includes(value)) index += 1;
  }
  return [];
}

/** A command of a pipe that reads what the one before it prints, with that text where it is known. */
export interface PipedText {
  readonly reader: SimpleCommand;
  readonly invocation: Invocation;
  readonly isShell: boolean;
  readonly text?: string;
}

/** The pairs of a pipe whose later command may run what the earlier prints. */
export function pipedTexts(
  { commands }: PipelineCommand,
  bodyOf: (command: ShellCommand) => string | undefined,
): readonly PipedText[] {
  return commands.slice(1).flatMap((reader, index) => {
    const invocation = reader.kind === "simple" ? invocationOf(reader.words) : undefined;
    const before = commands[index];
    if (reader.kind !== "simple" || invocation === undefined || before === undefined) return [];
    const isShell = shells.has(invocation.program) && readsInput(invocation);
    const text = printedBy(before, bodyOf);
    return [{ reader, invocation, isShell, ...(text === undefined ? {} : { text }) }];
  });
}

function readsInput({ args, values }: Invocation): boolean {
  if (values.some((value) => /^-[a-z]*c$/.test(value))) return false;
  return (
    values.some((value) => /^-[a-z]*s$/.test(value)) || operands(args, ["-o", "+o"]).every(({ raw }) => raw === "-")
  );
}

function printedBy(command: ShellCommand, bodyOf: (command: ShellCommand) => string | undefined): string | undefined {
  const invocation = command.kind === "simple" ? invocationOf(command.words) : undefined;
  if (invocation?.program === "cat") return bodyOf(command);
  if (invocation?.program !== "echo" && invocation?.program !== "printf") return undefined;
  return operands(invocation.args).map(textOf).join(" ").replace(/\\n/g, "\n");
}
