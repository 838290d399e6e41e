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
  readonly left: Left;
}

/** What a shell had that no other process can be given. */
export interface Left {
  /** Its traps on DEBUG and RETURN, as `trap -p` prints them. */
  readonly traps: string;
  /** Pids of its running background jobs. */
  readonly jobs: readonly string[];
  /** Its limits, as `ulimit -Sa` prints them. */
  readonly limits: readonly string[];
  /** Open descriptors before and after the block; `<0`, `>1` and `>2` stand for the three when they no longer lead where they led. */
  readonly descriptors: { readonly before: readonly string[]; readonly after: readonly string[] };
}

/** How many NUL-terminated fields a dump has, its closing `end` included. */
export const dumpFields = 20;

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

/** The words of a text. */
function words(text: string): string[] {
  return text.split(" ").filter((word) => word !== "");
}

/** Reads a dump from its fields, given the exact text of the session's own functions; undefined when it is torn. */
export function readDump(fields: readonly string[], own: readonly string[]): Dump | undefined {
  if (fields.length < dumpFields || fields[dumpFields - 1] !== "end") return undefined;
  const at = (index: number): string => fields[index] ?? "";
  return {
    pid: Number(at(1).split(" ")[0]),
    status: Number(at(1).split(" ")[1]),
    traps: at(2),
    inFunction: lines(at(3)).some((frame) => !/^(?:source|main|__iplan_\w+)$/.test(frame)),
    umask: at(4).trim(),
    directory: at(5).replace(/\n$/, ""),
    stack: readDeclarations(at(6)).flatMap(elements).slice(1),
    options: at(7).split(":"),
    shopts: at(8).split(":"),
    secrets: words(at(9)),
    variables: variablesByName(readDeclarations(at(10))),
    functionNames: lines(at(11)).filter((line) => !ownFunctionNames.has(line.slice(line.lastIndexOf(" ") + 1))),
    functions: own.reduce((text, one) => (one === "" ? text : text.replace(one, "")), at(12)),
    aliases: at(13),
    positional: at(14).trim(),
    left: {
      traps: at(0),
      jobs: lines(at(15)),
      limits: lines(at(16)),
      descriptors: { before: words(at(17)), after: words(at(18)) },
    },
  };
}
