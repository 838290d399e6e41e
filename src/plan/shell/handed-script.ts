import type { ShellCommand, ShellWord, SimpleCommand } from "#model/shell-syntax";
import { type Invocation, invocationOf } from "./invocation.ts";

/** Shell text that a command hands to another shell. */
export interface HandedScript {
  /** Absent when only bash can know it. */
  readonly text?: string;
  /** The other shell stops at the first failure. */
  readonly errexit: boolean;
  /** In the other shell a pipe fails when any of its commands does. */
  readonly pipefail?: boolean;
  /** It is this shell that runs it. */
  readonly same: boolean;
}

/** Shells that read bash or its subset. */
export const shells: ReadonlySet<string> = new Set(["bash", "sh", "dash", "zsh", "ksh", "ash"]);

/** The script in `bash -c '…'`, `eval …` or `bash <<EOF`; undefined when the command hands none on. */
export function handedScript(
  command: SimpleCommand,
  invocation: Invocation,
  bodyOf: (command: ShellCommand) => string | undefined,
): HandedScript | undefined {
  if (invocation.program === "eval") return withText(joined(invocation.args), { errexit: false, same: true });
  if (!shells.has(invocation.program)) return undefined;
  const { args, values } = invocation;
  const flag = values.findIndex((value) => /^-[a-z]*c$/.test(value));
  const errexit = values.some(
    (value, index) => /^-[a-z]*e[a-z]*$/.test(value) || (value === "-o" && values[index + 1] === "errexit"),
  );
  const pipefail = values.some((value, index) => value === "pipefail" && /^-[a-z]*o$/.test(values[index - 1] ?? ""));
  if (flag >= 0) return withText(args[flag + 1]?.literal, { errexit, pipefail, same: false });
  const body = bodyOf(command);
  return body === undefined ? undefined : { text: body, errexit, pipefail, same: false };
}

function withText(text: string | undefined, rest: Omit<HandedScript, "text">): HandedScript {
  return text === undefined ? rest : { ...rest, text };
}

function joined(words: readonly ShellWord[]): string | undefined {
  return words.every((word) => word.literal !== undefined) ? words.map((word) => word.literal).join(" ") : undefined;
}

const interpreters: Readonly<Record<string, readonly string[]>> = {
  python: ["-c"],
  python2: ["-c"],
  python3: ["-c"],
  node: ["-e", "--eval", "-p", "--print", "-pe"],
  deno: ["eval"],
  bun: ["-e"],
  ruby: ["-e"],
  perl: ["-e", "-E", "-ne", "-pe", "-pi", "-i"],
  php: ["-r"],
  psql: ["-c", "--command"],
  mysql: ["-e", "--execute"],
  mariadb: ["-e", "--execute"],
  mongosh: ["--eval"],
  mongo: ["--eval"],
  sqlite3: [],
};

/** Code of another language that a command carries: `python -c '…'`, `node <<EOF`, `psql -c '…'`. */
export function inlineCode(
  command: SimpleCommand,
  invocation: Invocation,
  bodyOf: (command: ShellCommand) => string | undefined,
): string | undefined {
  if (!Object.hasOwn(interpreters, invocation.program)) return undefined;
  const options = interpreters[invocation.program] ?? [];
  const { values } = invocation;
  const at = values.findIndex((value) => options.includes(value));
  if (at >= 0) return values[at + 1];
  const glued = values.find((value) =>
    options.some((option) => option.startsWith("--") && value.startsWith(`${option}=`)),
  );
  if (glued !== undefined) return glued.slice(glued.indexOf("=") + 1);
  if (invocation.program === "sqlite3" && values.length > 1) return values.slice(1).join("\n");
  return bodyOf(command);
}

/** True when a command is an interpreter that was given no file to run. */
export function isInterpreter(program: string): boolean {
  return Object.hasOwn(interpreters, program);
}

/** What a simple command runs; undefined for one that only assigns. */
export function invokedBy(command: ShellCommand): Invocation | undefined {
  return command.kind === "simple" ? invocationOf(command.words) : undefined;
}
