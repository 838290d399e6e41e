import type { SimpleCommand } from "#model/shell-syntax";
import { type Invocation, hasOption, invocationOf } from "../shell/invocation.ts";

const printers = new Set(["echo", "printf", "cat", "yes", "seq", "date", "figlet", "bc", "dc"]);

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

const git: PrinterRule = (values) => {
  const sub =
    values.find((value, index) => !value.startsWith("-") && !["-C", "-c"].includes(values[index - 1] ?? "")) ?? "";
  if (sub === "ls-files" && !hasOption(values, "--error-unmatch"))
    return "`git ls-files` prints; add `--error-unmatch`";
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

const listed = new Set(["ps", "images", "version", "info", "stats", "logs", "ls", "top", "history", "events"]);

/** `docker ps`, `docker compose ps`, `docker image ls`. */
const containers: PrinterRule = (values) => {
  const words = values.filter((value) => !value.startsWith("-")).slice(0, 2);
  const isGroup = ["compose", "image", "container", "volume", "network"].includes(words[0] ?? "");
  return listed.has((isGroup ? words[1] : words[0]) ?? "") ? "it lists and exits 0" : undefined;
};

/** Formatters rewrite and exit 0 unless they are told to check. */
const formats = (...options: readonly string[]): PrinterRule =>
  printsUnless(`it rewrites files and exits 0; add \`${options[0]}\``, ...options);

const printingRules: Readonly<Record<string, PrinterRule>> = {
  awk,
  gawk: awk,
  mawk: awk,
  git,
  gofmt: (values) =>
    hasOption(values, "-e") ? undefined : '`gofmt -l` prints names and exits 0; use `test -z "$(gofmt -l .)"`',
  docker: containers,
  podman: containers,
  "docker-compose": (values) => containers(["compose", ...values]),
  kubectl: listing("it lists and exits 0", "config", "version", "top", "events", "logs"),
  helm: listing("it lists and exits 0", "list", "ls", "repo", "history", "version", "search", "env"),
  systemctl: listing(
    "it lists and exits 0",
    "list-units",
    "list-unit-files",
    "list-timers",
    "list-sockets",
    "list-jobs",
    "show",
  ),
  journalctl: () => "`journalctl` prints and exits 0; pipe it into `grep -q`",
  terraform: listing("it shows and exits 0", "show", "output", "state", "graph"),
  tofu: listing("it shows and exits 0", "show", "output", "state", "graph"),
  crontab: (values) => (hasOption(values, "-l") ? "it lists" : undefined),
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
  sed: () => "sed prints and exits 0",
  sleep: () => "it only waits",
};
