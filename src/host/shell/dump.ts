import { type Declaration, elements, readDeclarations } from "./declarations.ts";
import { ownFunctions, ownPrefix } from "./keeper-script.ts";

/** A shell's whole state as it dumped itself; text is latin1, so that every byte survives. */
export interface Dump {
  /** Pid of the shell that wrote it. */
  readonly pid: number;
  readonly status: number;
  /** True when the shell ended inside a function, whose local variables hide global ones. */
  readonly inFunction: boolean;
  readonly umask: string;
  readonly directory: string;
  /** The directory stack below the directory, each quoted for bash. */
  readonly stack: readonly string[];
  /** Names of `set -o` options that were on. */
  readonly options: readonly string[];
  /** Names of `shopt` options that were on. */
  readonly shopts: readonly string[];
  readonly secrets: readonly string[];
  /** By name, without those bash itself makes and those of the session. */
  readonly variables: ReadonlyMap<string, Declaration>;
  /** `declare -f…` lines: one per function with its attributes. */
  readonly functionNames: readonly string[];
  /** Text of all functions but the session's own. */
  readonly functions: string;
  readonly aliases: string;
  readonly traps: string;
  /** Positional parameters, each quoted for bash. */
  readonly positional: string;
}

/** How many NUL-terminated fields a dump has, its closing `end` included. */
export const dumpFields = 15;

/** Variables bash itself makes or that mean nothing in another process. */
const bashOwn = new Set(
  `_ BASHOPTS BASHPID BASH_ALIASES BASH_ARGC BASH_ARGV BASH_ARGV0 BASH_CMDS BASH_COMMAND BASH_EXECUTION_STRING BASH_LINENO
   BASH_LOADABLES_PATH BASH_MONOSECONDS BASH_REMATCH BASH_SOURCE BASH_SUBSHELL BASH_TRAPSIG BASH_VERSINFO BASH_VERSION
   BASH_XTRACEFD COMP_WORDBREAKS DIRSTACK EPOCHREALTIME EPOCHSECONDS EUID FUNCNAME GROUPS HISTCMD LINENO PIPESTATUS PPID
   PWD RANDOM SECONDS SHELLOPTS SRANDOM UID`.split(/\s+/),
);

function isKept(declaration: Declaration): boolean {
  return !bashOwn.has(declaration.name) && !declaration.name.startsWith(ownPrefix);
}

function variablesByName(declarations: readonly Declaration[]): Map<string, Declaration> {
  return new Map(declarations.filter(isKept).map((declaration) => [declaration.name, declaration]));
}

const ownFunctionNames = new Set(ownFunctions);

/** The lines of a text, without empty ones. */
function lines(text: string): string[] {
  return text.split("\n").filter((line) => line !== "");
}

/** Reads a dump from its fields, given the exact text of the session's own functions; undefined when it is torn. */
export function readDump(fields: readonly string[], own: readonly string[]): Dump | undefined {
  if (fields.length < dumpFields || fields[dumpFields - 1] !== "end") return undefined;
  const at = (index: number): string => fields[index] ?? "";
  return {
    pid: Number(at(0).split(" ")[0]),
    status: Number(at(0).split(" ")[1]),
    traps: at(1),
    inFunction: lines(at(2)).some((frame) => !/^(?:source|main|__iplan_\w+)$/.test(frame)),
    umask: at(3).trim(),
    directory: at(4).replace(/\n$/, ""),
    stack: readDeclarations(at(5)).flatMap(elements).slice(1),
    options: at(6).split(":"),
    shopts: at(7).split(":"),
    secrets: at(8)
      .split(" ")
      .filter((name) => name !== ""),
    variables: variablesByName(readDeclarations(at(9))),
    functionNames: lines(at(10)).filter((line) => !ownFunctionNames.has(line.slice(line.lastIndexOf(" ") + 1))),
    functions: own.reduce((text, one) => (one === "" ? text : text.replace(one, "")), at(11)),
    aliases: at(12),
    positional: at(13).trim(),
  };
}
