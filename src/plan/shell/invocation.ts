import type { ShellWord } from "#model/shell-syntax";
import { nestedWords } from "./wrappers.ts";

/** A program with its arguments, wrappers such as `sudo`, `timeout` or `npx` looked through. */
export interface Invocation {
  /** Name of the program without its directory; empty when only bash can know it. */
  readonly program: string;
  /** The program as written. */
  readonly path: string;
  readonly args: readonly ShellWord[];
  /** Literal values of the arguments; an argument with expansions stands as written. */
  readonly values: readonly string[];
  /** Names of the wrappers, outermost first. */
  readonly wrappers: readonly string[];
}

/** What a command runs, or undefined when it has no words. */
export function invocationOf(words: readonly ShellWord[]): Invocation | undefined {
  const wrappers: string[] = [];
  let rest = words;
  for (;;) {
    const [first] = rest;
    if (first === undefined) return undefined;
    const program = nameOf(first);
    const args = rest.slice(1);
    const nested = wrappers.length < 8 ? nestedWords(program, args) : undefined;
    if (nested === undefined || nested.length === 0) {
      return { program, path: first.raw, args, values: args.map((word) => word.literal ?? word.raw), wrappers };
    }
    wrappers.push(program);
    rest = nested;
  }
}

function nameOf(word: ShellWord): string {
  const { literal } = word;
  if (literal !== undefined) return literal.slice(literal.lastIndexOf("/") + 1);
  // Why: `"$ROOT/bin/tool"` and `${VENV}/bin/pytest` name their program though bash alone knows the place.
  return /\/([\w.+-]+)["']?$/.exec(word.raw)?.[1] ?? "";
}

/** The first argument that is no option, such as `status` of `git -C dir status`; options that take a value are told by name. */
export function subcommand(
  invocation: Invocation,
  valued: readonly string[] = [],
): { readonly name: string; readonly rest: readonly ShellWord[] } | undefined {
  for (let index = 0; index < invocation.values.length; index++) {
    const value = invocation.values[index] ?? "";
    if (!value.startsWith("-") && !value.startsWith("+"))
      return { name: value, rest: invocation.args.slice(index + 1) };
    if (valued.includes(value)) index += 1;
  }
  return undefined;
}

/** True when an option is among the values: `-r` also in `-rf`, long ones also as `--name=value`. */
export function hasOption(values: readonly string[], ...options: readonly string[]): boolean {
  return values.some((value) => options.some((option) => isOption(value, option)));
}

function isOption(value: string, option: string): boolean {
  if (value === option || value.startsWith(`${option}=`)) return true;
  return /^-[A-Za-z0-9]$/.test(option) && /^-[A-Za-z0-9]+$/.test(value) && value.includes(option.slice(1));
}

/** Arguments that are no options, up to the end. */
export function operands(args: readonly ShellWord[], valued: readonly string[] = []): readonly ShellWord[] {
  const found: ShellWord[] = [];
  let only = false;
  for (let index = 0; index < args.length; index++) {
    const word = args[index];
    if (word === undefined) continue;
    const value = word.literal ?? word.raw;
    if (!only && value === "--") only = true;
    else if (!only && value.startsWith("-") && value !== "-") index += valued.includes(value) ? 1 : 0;
    else found.push(word);
  }
  return found;
}

const shortVersion = new Set([
  "node",
  "npm",
  "pnpm",
  "yarn",
  "docker",
  "ruby",
  "php",
  "make",
  "go",
  "java",
  "terraform",
  "nginx",
  "tsc",
]);

/** True for calls such as `python --version` or `node -v`, which only tell what is installed. */
export function asksVersion(program: string, values: readonly string[]): boolean {
  const [only, second] = values;
  if (second !== undefined) return program === "kubectl" && only === "version";
  return (
    only === "--version" ||
    only === "-V" ||
    only === "-version" ||
    (shortVersion.has(program) && (only === "-v" || only === "version"))
  );
}
