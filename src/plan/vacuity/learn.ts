import type { ShellAssignment, ShellCommand, ShellScript, ShellWord, SimpleCommand } from "#model/shell-syntax";
import { invokedBy } from "../shell/handed-script.ts";
import { heredocText } from "../shell/heredoc-text.ts";
import { type Invocation, hasOption, operands } from "../shell/invocation.ts";
import { bareText } from "./glob-words.ts";
import { printsOnly } from "./printers.ts";
import { noRounds, roundsOfScript, roundsOfWords, unknownRounds } from "./rounds.ts";
import { type Rounds, type ShellFacts, pathBelow } from "./shell-facts.ts";
import type { WrittenFile } from "./written-files.ts";

/** What is learnt from: the text that spans point into, and whether it is the verification that is judged. */
export interface Lesson {
  readonly text: string;
  readonly own: boolean;
}

/** What the shell knows after a script ran. */
export function afterScript(facts: ShellFacts, script: ShellScript, lesson: Lesson): ShellFacts {
  return script.statements.reduce(
    (known, { command, background }) => (background ? known : afterCommand(known, command, lesson)),
    facts,
  );
}

/** What the shell knows after a command ran: what it defined, where it went, which files it wrote. */
export function afterCommand(facts: ShellFacts, command: ShellCommand, lesson: Lesson): ShellFacts {
  switch (command.kind) {
    case "function":
      return {
        ...facts,
        functions: new Map(facts.functions).set(command.name, { body: command.body, text: lesson.text }),
      };
    case "and":
    case "or":
      return afterCommand(afterCommand(facts, command.left, lesson), command.right, lesson);
    case "group":
      return afterScript(facts, command.body, lesson);
    case "if":
      return command.branches.reduce((known, { body }) => afterScript(known, body, lesson), facts);
    case "subshell":
      return withFilesOf(facts, afterScript(facts, command.body, lesson));
    case "pipeline":
      return withFilesOf(facts, afterPipeline(facts, command.commands, lesson));
    case "simple":
      return afterSimple(facts, command, lesson);
    default:
      return facts;
  }
}

/** Why: a shell of its own leaves nothing but files. */
function withFilesOf(facts: ShellFacts, inner: ShellFacts): ShellFacts {
  return withFiles(facts, inner.files, inner.tampered);
}

function afterPipeline(facts: ShellFacts, commands: readonly ShellCommand[], lesson: Lesson): ShellFacts {
  const known = commands.reduce((each, command) => afterCommand(each, command, lesson), facts);
  const tee = invokedBy(commands.at(-1) ?? ({ kind: "group" } as ShellCommand));
  const [first] = commands;
  if (tee?.program !== "tee" || first?.kind !== "simple" || commands.length !== 2) return known;
  const text = printedText(first, lesson.text);
  return operands(tee.args).reduce(
    (each, word) => withFile(each, word, { ...(text === undefined ? {} : { text }), own: lesson.own }),
    known,
  );
}

function afterSimple(facts: ShellFacts, command: SimpleCommand, lesson: Lesson): ShellFacts {
  const invocation = invokedBy(command);
  let known = withRedirects(facts, command, lesson);
  if (invocation === undefined) return command.assignments.reduce((each, one) => withAssignment(each, one), known);
  known = afterTampering(known, invocation, lesson);
  const rule = Object.hasOwn(lessons, invocation.program) ? lessons[invocation.program] : undefined;
  return rule?.(known, invocation, { text: lesson.text, own: lesson.own, command }) ?? known;
}

function withAssignment(facts: ShellFacts, { name, value, elements, append }: ShellAssignment): ShellFacts {
  const scene = { facts, args: undefined, input: undefined };
  const added =
    elements === undefined
      ? roundsOfValue(facts, value)
      : elements.length === 0
        ? noRounds
        : roundsOfWords(scene, elements);
  const before = facts.lists.get(name);
  const rounds = append && before?.some === "yes" ? before : added;
  const text = value?.literal;
  const texts = new Map(facts.texts);
  if (text === undefined || append) texts.delete(name);
  else texts.set(name, text);
  const known = { ...facts, texts, lists: new Map(facts.lists).set(name, rounds) };
  return name === "PATH" && value !== undefined ? withSearchPath(known, value.raw) : known;
}

function roundsOfValue(facts: ShellFacts, value: ShellWord | undefined): Rounds {
  if (value === undefined) return noRounds;
  if (value.literal !== undefined) return value.literal.trim() === "" ? noRounds : { some: "yes", presences: [] };
  const scene = { facts, args: undefined, input: undefined };
  const [script] = value.substitutions;
  return script !== undefined && /^"?\$\([\s\S]*\)"?$/.test(value.raw) ? roundsOfScript(scene, script) : unknownRounds;
}

/** The facts with the folders that an assignment to PATH puts before the others. */
export function withSearchPath(facts: ShellFacts, raw: string): ShellFacts {
  const folders = raw
    .replace(/^["']|["']$/g, "")
    .split(":")
    .filter((folder) => folder !== "" && !/^\$\{?PATH\}?$/.test(folder))
    .flatMap((folder) => pathBelow(facts.directory, folder) ?? []);
  return { ...facts, searchPath: [...folders, ...facts.searchPath] };
}

function withRedirects(facts: ShellFacts, command: SimpleCommand, { text, own }: Lesson): ShellFacts {
  return command.redirects.reduce((known, { operator, target, descriptor }) => {
    if (target === undefined || !/^(?:&?>>?|>\|)$/.test(operator) || descriptor === 2) return known;
    const printed = printedText(command, text);
    return withFile(known, target, { ...(printed === undefined ? {} : { text: printed }), own });
  }, facts);
}

/** What a command prints word for word: `echo …`, `printf '…'`, `cat <<'EOF'`, nothing at all. */
function printedText(command: SimpleCommand, text: string): string | undefined {
  const invocation = invokedBy(command);
  if (invocation === undefined) return "";
  const { program, args } = invocation;
  if (program === "cat" && args.length === 0) return heredocText(command, text);
  if (program === ":" || program === "true") return "";
  if (!printsOnly({ ...command, redirects: [] }) || args.some((word) => word.literal === undefined)) return undefined;
  const words = args.map((word) => word.literal ?? "").filter((word, index) => index > 0 || !/^-[neE]+$/.test(word));
  return program === "printf" ? (words[0] ?? "").replace(/\\n/g, "\n") : `${words.join(" ")}\n`;
}

function withFile(facts: ShellFacts, word: ShellWord, file: WrittenFile): ShellFacts {
  const path = word.literal === undefined ? undefined : pathBelow(facts.directory, word.literal);
  if (path === undefined || path.startsWith("/dev/")) return facts;
  const tampered = facts.tampered || (file.own && isTest(path));
  return withFiles(facts, facts.files.with(path, file), tampered);
}

/** Why: an object that begins with all of another gets a shape of its own, and this one is made for each file that a plan writes. */
function withFiles(facts: ShellFacts, files: ShellFacts["files"], tampered: boolean): ShellFacts {
  const { functions, aliases, lists, texts, searchPath, sourced, directory, moved: place } = facts;
  return { functions, aliases, lists, texts, files, searchPath, sourced, directory, moved: place, tampered };
}

/** Paths that hold tests by the names everyone gives them. */
function isTest(path: string): boolean {
  return /(?:^|\/)(?:tests?|specs?|__tests__)\/|(?:^|\/)test_[^/]*$|[._-](?:test|spec)s?\.[a-z]+$/i.test(path);
}

type LessonRule = (
  facts: ShellFacts,
  invocation: Invocation,
  lesson: Lesson & { readonly command: SimpleCommand },
) => ShellFacts;

const declared: LessonRule = (facts, { args }) =>
  args.reduce((known, word) => {
    const name = /^([A-Za-z_]\w*)=/.exec(word.raw)?.[1];
    if (name === undefined) return known;
    const raw = word.raw.slice(name.length + 1);
    const literal = word.literal?.slice(name.length + 1);
    const value: ShellWord = { ...word, raw };
    delete (value as { literal?: string }).literal;
    return withAssignment(known, {
      start: word.start,
      end: word.end,
      name,
      append: false,
      value: literal === undefined ? value : { ...value, literal },
    });
  }, facts);

const moved: LessonRule = (facts, { args }) => {
  const [word] = operands(args);
  const target = word?.literal ?? word?.raw.replace(/^"|"$/g, "") ?? "~";
  if (target === "-") return { ...facts, directory: undefined, moved: undefined };
  const place = pathBelow(facts.moved, target);
  return {
    ...facts,
    directory: pathBelow(facts.directory, target),
    moved: place === undefined || /^[~$]/.test(place) ? undefined : place,
  };
};

const empty: LessonRule = (facts, { args }, { own }) =>
  operands(args).reduce((known, word) => withFile(known, word, { own, text: "" }), facts);

const copied: LessonRule = (facts, invocation, { own }) => {
  const words = operands(invocation.args);
  const [source] = words;
  const target = words.at(-1);
  if (words.length !== 2 || source === undefined || target === undefined) return facts;
  const path = source.literal === undefined ? undefined : pathBelow(facts.directory, source.literal);
  const name = source.literal?.slice(source.literal.lastIndexOf("/") + 1) ?? "";
  const text = /^(?:true|false|:)$/.test(name) ? name : path === undefined ? undefined : facts.files.at(path)?.text;
  return withFile(facts, target, {
    own,
    ...(path === undefined ? {} : { copyOf: path }),
    ...(text === undefined ? {} : { text }),
  });
};

const aliased: LessonRule = (facts, { args }) => {
  const aliases = new Map(facts.aliases);
  for (const word of args) {
    const match = /^([^=\s]+)=([\s\S]*)$/.exec(word.literal ?? "");
    if (match !== null) aliases.set(match[1] ?? "", match[2] ?? "");
  }
  return { ...facts, aliases };
};

const hashed: LessonRule = (facts, { values }) => {
  const at = values.indexOf("-p");
  const [path, name] = at < 0 ? [] : values.slice(at + 1);
  return path === undefined || name === undefined
    ? facts
    : { ...facts, aliases: new Map(facts.aliases).set(name, path) };
};

const forgotten =
  (part: "functions" | "aliases"): LessonRule =>
  (facts, { values }) => {
    const rest = new Map<string, never>(facts[part] as ReadonlyMap<string, never>);
    for (const value of values) rest.delete(value);
    return values.includes("-a") && part === "aliases" ? { ...facts, aliases: new Map() } : { ...facts, [part]: rest };
  };

/** `mapfile -t files < <(find …)`. */
const filled: LessonRule = (facts, { args }, { command }) => {
  const name = operands(args, ["-d", "-n", "-O", "-s", "-u", "-C", "-c"])[0]?.literal ?? "MAPFILE";
  const source = command.redirects.find(({ operator }) => operator === "<")?.target;
  const script = source?.raw.startsWith("<(") === true ? source.substitutions[0] : undefined;
  const rounds =
    script === undefined ? unknownRounds : roundsOfScript({ facts, args: undefined, input: undefined }, script);
  return { ...facts, lists: new Map(facts.lists).set(name, rounds) };
};

const lessons: Readonly<Record<string, LessonRule>> = {
  export: declared,
  declare: declared,
  typeset: declared,
  local: declared,
  readonly: declared,
  cd: moved,
  pushd: moved,
  popd: (facts) => ({ ...facts, directory: undefined, moved: undefined }),
  touch: empty,
  mkdir: empty,
  cp: copied,
  ln: copied,
  mv: copied,
  alias: aliased,
  unalias: forgotten("aliases"),
  unset: forgotten("functions"),
  hash: hashed,
  mapfile: filled,
  readarray: filled,
  source: (facts) => ({ ...facts, sourced: true }),
  ".": (facts) => ({ ...facts, sourced: true }),
  npm: packageScript,
};

/** `npm pkg set scripts.test="…"`. */
function packageScript(facts: ShellFacts, { values }: Invocation, { own }: Lesson): ShellFacts {
  if (values[0] !== "pkg" || values[1] !== "set") return facts;
  const scripts = values.flatMap((value) => {
    const match = /^scripts\.([\w:.-]+)=([\s\S]*)$/.exec(value);
    return match === null ? [] : [[match[1] ?? "", (match[2] ?? "").replace(/^"|"$/g, "")] as const];
  });
  const path = pathBelow(facts.directory, "package.json");
  if (scripts.length === 0 || path === undefined) return facts;
  return {
    ...facts,
    files: facts.files.with(path, { own, text: JSON.stringify({ scripts: Object.fromEntries(scripts) }) }),
  };
}

/** Commands of a verification that edit, move or remove tests before it runs them. */
function afterTampering(facts: ShellFacts, invocation: Invocation, { own }: Lesson): ShellFacts {
  if (!own || !changes(invocation)) return facts;
  return operands(invocation.args).some((word) => isTest(bareText(word.raw))) ? { ...facts, tampered: true } : facts;
}

function changes({ program, values }: Invocation): boolean {
  if (program === "rm" || program === "mv" || program === "truncate") return true;
  if (program === "git") return ["checkout", "restore", "rm", "stash"].includes(values[0] ?? "");
  return (program === "sed" || program === "perl") && hasOption(values, "-i", "--in-place");
}
