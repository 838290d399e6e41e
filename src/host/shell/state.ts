import { fromLatin1, toLatin1 } from "./bytes.ts";
import type { Declaration } from "./declarations.ts";
import type { Dump } from "./dump.ts";
import { ownFunctions } from "./keeper-script.ts";
import { quote } from "./quote.ts";

/** What is known of a state file without running it. */
export interface StateFacts {
  /** Directory the shell was in, decoded. */
  readonly directory: string;
  /** Names of secret variables that were set and must be present again. */
  readonly secrets: readonly string[];
}

/** First line of every state file; a file of another version is not used. */
export const stateVersion = "# iplan-state 1";

const stateEnd = "__iplan_restored=1\n# end\n";

/** `set -o` options that are set fresh for each block or could stop a restore half-way. */
const freshOptions = new Set([
  "",
  "errexit",
  "pipefail",
  "noexec",
  "onecmd",
  "xtrace",
  "verbose",
  "interactive-comments",
]);

/** Options that print what runs: they are set on the block's own first line, so that nothing of ours is printed. */
const loudOptions = ["xtrace", "verbose"];

const fixedShopts = new Set(["", "login_shell", "restricted_shell", "expand_aliases", "extglob"]);

/** Variables of a dump that differ from the inherited ones, and names that were unset. */
export interface Changes {
  readonly changed: readonly Declaration[];
  readonly unset: readonly string[];
}

/** What a block changed in variables. Secrets take no part. */
export function changedVariables(dump: Dump, baseline: Dump, secrets: ReadonlySet<string>): Changes {
  const before = baseline.variables;
  const changed: Declaration[] = [];
  for (const next of dump.variables.values()) {
    if (before.get(next.name)?.text !== next.text && !secrets.has(next.name)) changed.push(next);
  }
  const isGone = (name: string): boolean => !dump.variables.has(name) && !dump.secrets.includes(name);
  return { changed, unset: [...before.keys()].filter(isGone) };
}

/** Lines that clear what an inherited variable brings along and the new one does not have. */
function clearing(inherited: Declaration | undefined, next: Declaration): string[] {
  if (inherited === undefined || inherited.flags === next.flags) return [];
  // Why: unsetting a variable such as LANG already changes the shell, so it is done only where nothing less will do.
  if (inherited.flags === "x" && next.flags === "") return [`builtin export -n ${next.name}`];
  return inherited.flags === "" && next.flags === "x" ? [] : [`builtin unset -v ${next.name}`];
}

/** Lines that restore variables, each rid first of attributes it was inherited with. */
function variableLines({ changed, unset }: Changes, baseline: Dump): string[] {
  const lines = changed.flatMap((next) => [...clearing(baseline.variables.get(next.name), next), next.text]);
  return [...unset.map((name) => `builtin unset -v ${name}`), ...lines];
}

function nameOf(line: string): string {
  return line.slice(line.lastIndexOf(" ") + 1);
}

/** Names of functions in a dump, but for the session's own `trap`. */
function functionLines(dump: Dump, baseline: Dump): string[] {
  const kept = new Set(dump.functionNames.map(nameOf));
  const lines = baseline.functionNames.map(nameOf).filter((name) => !kept.has(name) && !ownFunctions.includes(name));
  const unset = lines.map((name) => `builtin unset -f ${quote(name)}`);
  if (dump.functions === baseline.functions) return unset;
  const attributes = dump.functionNames.filter((line) => !line.startsWith("declare -f "));
  return [
    ...unset,
    dump.functions.replace(/\n$/, ""),
    ...attributes.map((line) => `builtin ${line.replace(/ ([^ ]+)$/, " -- $1")}`),
  ];
}

function difference(
  now: readonly string[],
  before: readonly string[],
  fixed: ReadonlySet<string>,
): { readonly on: readonly string[]; readonly off: readonly string[] } {
  const loud = new Set(loudOptions);
  return {
    on: now.filter((name) => !before.includes(name) && !fixed.has(name) && !loud.has(name)),
    off: before.filter((name) => !now.includes(name) && !fixed.has(name) && !loud.has(name)),
  };
}

function optionLines(dump: Dump, baseline: Dump): string[] {
  const set = difference(dump.options, baseline.options, freshOptions);
  const shopt = difference(dump.shopts, baseline.shopts, fixedShopts);
  const loud = loudOptions.filter((name) => dump.options.includes(name)).map((name) => `builtin set -o ${name};`);
  return [
    ...(loud.length > 0 ? [`__iplan_options=${quote(loud.join(" "))}`] : []),
    ...shopt.off.map((name) => `builtin shopt -u ${name}`),
    ...shopt.on.map((name) => `builtin shopt -s ${name}`),
    `builtin shopt ${dump.shopts.includes("extglob") ? "-s" : "-u"} extglob`,
    `builtin shopt ${dump.shopts.includes("expand_aliases") ? "-s" : "-u"} expand_aliases`,
    ...set.off.map((name) => `builtin set +o ${name}`),
    ...set.on.map((name) => `builtin set -o ${name}`),
  ];
}

/** Traps without the session's own answers to INT and TERM. */
function trapLines(traps: string): string[] {
  const own = ["trap -- 'builtin exit 130' SIGINT\n", "trap -- 'builtin exit 143' SIGTERM\n"];
  const text = own.reduce((rest, line) => rest.replace(line, ""), traps).replace(/\n$/, "");
  return text === "" ? [] : [text];
}

function header(directory: string, secrets: readonly string[]): string[] {
  return [
    stateVersion,
    `# directory ${toLatin1(JSON.stringify(fromLatin1(directory)))}`,
    `# secrets ${secrets.join(" ")}`,
  ];
}

/**
 * Text of a state file (latin1): what a shell must do to stand where the dumped one stood, as differences from the inherited
 * environment. Secret variables are named in its header only.
 */
export function composeState(dump: Dump, baseline: Dump, changes: Changes): string {
  const lines = [
    ...header(dump.directory, dump.secrets),
    "builtin shopt -s extglob; builtin shopt -u expand_aliases",
    ...variableLines(changes, baseline),
    ...(dump.aliases === "" ? [] : [dump.aliases.replace(/\n$/, "")]),
    ...trapLines(dump.traps),
    ...functionLines(dump, baseline),
    `builtin umask ${dump.umask}`,
    `__iplan_directory ${quote(dump.directory)}`,
    ...(dump.stack.length > 0 ? [`__iplan_stack ${[...dump.stack].reverse().join(" ")}`] : []),
    ...(dump.positional === "" ? [] : [`builtin set -- ${dump.positional}`]),
    ...optionLines(dump, baseline),
  ];
  return `${lines.join("\n")}\n${stateEnd}`;
}

/** Text of the state file (latin1) a fresh session starts from. */
export function freshState(directory: string): string {
  const bytes = toLatin1(directory);
  const lines = [...header(bytes, []), `__iplan_directory ${quote(bytes)}`];
  return `${lines.join("\n")}\n${stateEnd}`;
}

/** Facts of a state file; undefined when it is of another version or torn. */
export function readState(text: string): StateFacts | undefined {
  if (!text.startsWith(`${stateVersion}\n`) || !text.endsWith(stateEnd)) return undefined;
  const [, directory, secrets] = text.split("\n", 3);
  return {
    directory: String(JSON.parse(fromLatin1((directory ?? "").slice("# directory ".length)))),
    secrets: (secrets ?? "")
      .slice("# secrets ".length)
      .split(" ")
      .filter((name) => name !== ""),
  };
}

/** The positional parameters a state file sets, quoted for bash. */
export function positionalOf(text: string): string {
  const line = text.split("\n").findLast((candidate) => candidate.startsWith("builtin set -- "));
  return line === undefined ? "" : line.slice("builtin set -- ".length);
}
