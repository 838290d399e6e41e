/** Why a command with these arguments waits for a person; undefined when it does not. */
type Question = (args: readonly string[]) => string | undefined;

const opens: Question = () => "it opens a screen of its own";
const asks: Question = () => "it asks a question";

/** Asks unless one of the options answers for the user. */
function asksWithout(...options: readonly string[]): Question {
  return (args) => (args.some((arg) => options.includes(arg)) ? undefined : asks(args));
}

/** A prompt of its own when it gets nothing to do. */
const promptWithoutWork: Question = (args) =>
  args.some((arg) => arg !== "" && arg !== "-i") ? undefined : "without arguments it waits for input";

function whenSub(sub: readonly string[], question: Question): Question {
  return (args) => (sub.includes(args[0] ?? "") ? question(args.slice(1)) : undefined);
}

const answers: Question = (args) =>
  args.some((arg) => /^(?:-y|--yes|-qq?y|-y[a-z]+|--assume-yes|--non-interactive)$/.test(arg)) ? undefined : asks(args);

const git: Question = (args) => {
  const rest = args.slice(1);
  const has = (pattern: RegExp): boolean => rest.some((arg) => pattern.test(arg));
  if (args[0] === "rebase" && has(/^(?:-i|--interactive)$/)) return "it opens an editor";
  if (args[0] === "add" && has(/^(?:-p|-i|--patch|--interactive)$/)) return "it asks a question";
  const silent = /^(?:-[a-zA-Z]*[mFC].*|--message.*|--file.*|--no-edit|--amend=.*|--reuse-message.*|--fixup.*)$/;
  return args[0] === "commit" && !has(silent) ? "it opens an editor" : undefined;
};

const docker: Question = (args) => {
  if (args[0] !== "run" && args[0] !== "exec") return undefined;
  return args.some((arg) => /^-(?:it|ti|t)$|^--tty$/.test(arg)) ? "it wants a terminal" : undefined;
};

const editors = [
  "vi",
  "vim",
  "nvim",
  "nano",
  "emacs",
  "pico",
  "top",
  "htop",
  "less",
  "more",
  "man",
  "watch",
  "tmux",
  "screen",
];
const prompts = ["python", "python3", "node", "irb", "ghci", "psql", "mysql", "sqlite3", "bc", "gdb"];

/** Commands that wait for a person, by name. Under the tool standard input is empty, so each fails or hangs. */
export const interactiveCommands: ReadonlyMap<string, Question> = new Map<string, Question>([
  ...editors.map((name) => [name, opens] as const),
  ...prompts.map((name) => [name, promptWithoutWork] as const),
  ["git", git],
  ["docker", docker],
  ["podman", docker],
  ["npm", whenSub(["init", "login", "adduser"], answers)],
  ["yarn", whenSub(["init"], answers)],
  ["pnpm", whenSub(["init"], () => undefined)],
  ["apt", whenSub(["install", "remove", "upgrade"], answers)],
  ["apt-get", whenSub(["install", "remove", "upgrade", "dist-upgrade"], answers)],
  ["dnf", whenSub(["install", "remove", "upgrade"], answers)],
  ["passwd", asks],
  ["read", (args) => (args.some((arg) => arg.startsWith("-p")) ? "it asks a question" : undefined)],
  ["ssh-keygen", asksWithout("-N", "-y", "-l", "-F", "-R")],
  ["gh", whenSub(["auth"], (args) => (args[0] === "login" ? asksWithout("--with-token")(args) : undefined))],
  ["poetry", whenSub(["init"], asksWithout("-n", "--no-interaction"))],
]);
