import type { SimpleCommand } from "#model/shell-syntax";
import { type Invocation, hasOption, invocationOf } from "../shell/invocation.ts";

const printers = new Set(["echo", "printf", "cat", "yes", "seq", "date", "figlet"]);

/** True when a command only prints what it is told to. */
export function printsOnly(command: SimpleCommand): boolean {
  const program = invocationOf(command.words)?.program;
  return (program === "echo" || program === "printf") && command.redirects.length === 0;
}

/** Why a program that seems to check only prints its verdict; undefined when it does not. */
export function verdictPrinter(invocation: Invocation): string | undefined {
  const { program, values } = invocation;
  if (printers.has(program)) return program === "cat" && values.length > 0 ? undefined : "it only prints";
  const rule = Object.hasOwn(printingRules, program) ? printingRules[program] : undefined;
  return rule?.(values);
}

type PrinterRule = (values: readonly string[]) => string | undefined;

/** Any subcommand or option of these makes the program fail; without them it prints. */
function printsUnless(why: string, ...options: readonly string[]): PrinterRule {
  return (values) => (hasOption(values, ...options) || options.includes(values[0] ?? "") ? undefined : why);
}

const exits = /\bexit\s*\(?\s*(?:[1-9]|!|[a-z_(])/i;
const awk: PrinterRule = (values) =>
  values.some((value) => exits.test(value)) ? undefined : "awk prints a verdict and exits 0; let it `exit 1`";

const constantCode = /^\s*(?:print|puts|console\.log|echo)\s*\(?\s*(?:"[^"]*"|'[^']*')\s*\)?\s*;?\s*$/;

/** Code that only prints a text. */
function inlinePrint(...options: readonly string[]): PrinterRule {
  return (values) => {
    const code = values[values.findIndex((value) => options.includes(value)) + 1];
    return code !== undefined && options.includes(values[values.indexOf(code) - 1] ?? "") && constantCode.test(code)
      ? "its code only prints a text"
      : undefined;
  };
}

const git: PrinterRule = (values) => {
  const sub = values.find((value) => !value.startsWith("-")) ?? "";
  if (sub === "diff")
    return hasOption(values, "--exit-code", "--quiet", "--check") ? undefined : "`git diff` prints; add `--exit-code`";
  if (sub === "status") return "`git status` prints and exits 0; compare its output, or use `git diff --exit-code`";
  if (sub === "remote" && (values.includes("get-url") || values.includes("show"))) return undefined;
  if (sub === "log" || sub === "branch" || sub === "tag" || sub === "remote" || sub === "stash")
    return `\`git ${sub}\` prints and exits 0`;
  return undefined;
};

const listing =
  (why: string, ...subcommands: readonly string[]): PrinterRule =>
  (values) =>
    subcommands.includes(values.find((value) => !value.startsWith("-")) ?? "") ? why : undefined;

/** Formatters rewrite and exit 0 unless they are told to check. */
const formats = (...options: readonly string[]): PrinterRule =>
  printsUnless(`it rewrites files and exits 0; add \`${options[0]}\``, ...options);

const unitLists = ["list-units", "list-unit-files", "list-timers", "list-sockets", "list-jobs", "show"];

/** `docker compose ps` lists as `docker ps` does. */
const containers: PrinterRule = (values) => {
  const words = values.filter((value) => !value.startsWith("-"));
  const lists = words[0] === "compose" ? composeLists : containerLists;
  return lists.includes(words[words[0] === "compose" ? 1 : 0] ?? "") ? "it lists and exits 0" : undefined;
};
const containerLists = ["ps", "images", "version", "info", "stats", "logs"];
const composeLists = ["ps", "images", "version", "ls", "logs", "top"];

const printingRules: Readonly<Record<string, PrinterRule>> = {
  awk,
  gawk: awk,
  mawk: awk,
  find: printsUnless("`find` exits 0 also when it finds nothing; pipe it into `grep -q .`", "-quit"),
  git,
  gofmt: (values) =>
    hasOption(values, "-e") ? undefined : '`gofmt -l` prints names and exits 0; use `test -z "$(gofmt -l .)"`',
  python: inlinePrint("-c"),
  python3: inlinePrint("-c"),
  node: inlinePrint("-e", "-p", "--eval", "--print"),
  ruby: inlinePrint("-e"),
  php: inlinePrint("-r"),
  docker: containers,
  podman: containers,
  kubectl: listing("it lists and exits 0", "config", "version", "top", "events", "logs"),
  pip: listing("it lists and exits 0", "list", "freeze"),
  pip3: listing("it lists and exits 0", "list", "freeze"),
  black: formats("--check", "--diff", "--version"),
  isort: formats("--check", "--check-only", "-c", "--diff", "--version"),
  prettier: formats("--check", "-c", "--list-different", "-l", "--version"),
  rustfmt: formats("--check", "--version"),
  yapf: formats("--diff", "-d", "--version"),
  autopep8: formats("--exit-code", "--version"),
  ruff: (values) => (values[0] === "format" ? formats("--check", "--diff")(values) : undefined),
  ps: () => "`ps` lists and exits 0",
  jobs: () => "it lists and exits 0",
  systemctl: listing("it lists and exits 0", ...unitLists),
  journalctl: () => "`journalctl` prints and exits 0; pipe it into `grep -q`",
  helm: listing("it lists and exits 0", "list", "ls", "version", "search", "env"),
  sed: () => "sed prints and exits 0",
  sleep: () => "it only waits",
};
