import type { ShellCommand, ShellRedirect, ShellScript, ShellWord } from "#model/shell-syntax";
import type { Presence } from "#model/understanding";
import { invokedBy } from "../shell/handed-script.ts";
import { type Invocation, hasOption, operands } from "../shell/invocation.ts";
import { presencesOfFind } from "./find-words.ts";
import { bareText, globOf } from "./glob-words.ts";
import type { Rounds, ShellFacts } from "./shell-facts.ts";

/** What decides how often something goes round: the facts, and the arguments of the function around it. */
export interface RoundsScene {
  readonly facts: ShellFacts;
  readonly args: readonly ShellWord[] | undefined;
  readonly input: Rounds | undefined;
}

/** It goes round. */
export const someRounds: Rounds = { some: "yes", presences: [] };
/** It never does. */
export const noRounds: Rounds = { some: "no", presences: [] };
/** Nobody can tell. */
export const unknownRounds: Rounds = { some: "unknown", presences: [] };

function given(...presences: readonly Presence[]): Rounds {
  return { some: "yes", presences };
}

/** How many there are of several lists together. */
function joined(all: readonly Rounds[]): Rounds {
  const sure = all.find(({ some, presences }) => some === "yes" && presences.length === 0);
  if (sure !== undefined) return sure;
  const some = all.filter((each) => each.some === "yes");
  if (some.length > 0) return some.length === 1 ? (some[0] ?? unknownRounds) : { some: "yes", presences: [] };
  return all.every((each) => each.some === "no") ? noRounds : unknownRounds;
}

/** How many words a list of words makes. */
export function roundsOfWords(scene: RoundsScene, words: readonly ShellWord[]): Rounds {
  return joined(words.map((word) => roundsOfWord(scene, word)));
}

function roundsOfWord(scene: RoundsScene, word: ShellWord): Rounds {
  const pattern = globOf(word);
  if (pattern !== undefined) return /[$`]/.test(pattern) ? unknownRounds : given({ kind: "match", pattern });
  if (word.literal !== undefined) return someRounds;
  const [script, ...more] = word.substitutions;
  if (script !== undefined) return more.length === 0 && isWhole(word) ? roundsOfScript(scene, script) : someRounds;
  const name = /^"?\$\{?([A-Za-z_]\w*|[@*])(?:\[[@*]\])?\}?"?$/.exec(word.raw)?.[1];
  if (name === undefined)
    return word.variables.length > 0 && /^\$\w+$/.test(bareText(word.raw)) ? unknownRounds : someRounds;
  if (name === "@" || name === "*") return scene.args === undefined ? unknownRounds : roundsOfWords(scene, scene.args);
  return scene.facts.lists.get(name) ?? unknownRounds;
}

/** The word is nothing but its one substitution. */
function isWhole(word: ShellWord): boolean {
  return /^"?(?:\$\([\s\S]*\)|`[\s\S]*`)"?$/.test(word.raw);
}

/** How many lines a script prints: those of its last command. */
export function roundsOfScript(scene: RoundsScene, script: ShellScript): Rounds {
  const last = script.statements.at(-1);
  return last === undefined ? noRounds : roundsOfCommand(scene, last.command);
}

/** How many lines a command prints. */
export function roundsOfCommand(scene: RoundsScene, command: ShellCommand): Rounds {
  if (command.kind === "pipeline") {
    let input = scene.input;
    for (const part of command.commands) input = roundsOfCommand({ ...scene, input }, part);
    return input ?? unknownRounds;
  }
  if (command.kind === "or") return roundsOfCommand(scene, command.left);
  const invocation = invokedBy(command);
  if (invocation === undefined) return unknownRounds;
  const input = inputOf(scene, command.redirects) ?? scene.input;
  const rule = Object.hasOwn(listers, invocation.program) ? listers[invocation.program] : undefined;
  return rule?.({ ...scene, input }, invocation) ?? unknownRounds;
}

/** What a command's redirections put on its standard input. */
export function inputOf(scene: RoundsScene, redirects: readonly ShellRedirect[]): Rounds | undefined {
  let input: Rounds | undefined;
  for (const { operator, target, heredoc } of redirects) {
    if (heredoc !== undefined) input = heredoc.body.end > heredoc.body.start ? someRounds : noRounds;
    else if (target === undefined) continue;
    else if (operator === "<<<") input = roundsOfText(scene, target);
    else if (operator === "<") input = roundsOfSource(scene, target);
  }
  return input;
}

function roundsOfText(scene: RoundsScene, word: ShellWord): Rounds {
  if (word.literal !== undefined) return word.literal.trim() === "" ? noRounds : someRounds;
  return roundsOfWord(scene, word);
}

function roundsOfSource(scene: RoundsScene, word: ShellWord): Rounds {
  if (word.raw.startsWith("<(")) {
    const [script] = word.substitutions;
    return script === undefined ? unknownRounds : roundsOfScript(scene, script);
  }
  if (word.literal === undefined) return unknownRounds;
  if (/^\/dev\/(?:null|zero)$/.test(word.literal)) return noRounds;
  return given({ kind: "content", path: word.literal });
}

type Lister = (scene: RoundsScene, invocation: Invocation) => Rounds;

const passedOn: Lister = ({ input }) => input ?? unknownRounds;

const files: Lister = (scene, { args }) => {
  const words = operands(args);
  if (words.length === 0) return passedOn(scene, { args } as Invocation);
  return joined(words.map((word) => (word.literal === undefined ? unknownRounds : contentOf(word))));
};

function contentOf(word: ShellWord): Rounds {
  const pattern = globOf(word);
  if (pattern !== undefined) return given({ kind: "match", pattern });
  return given({ kind: "content", path: word.literal ?? word.raw });
}

const listing: Lister = (_scene, { args }) => {
  const words = operands(args);
  if (words.length === 0) return given({ kind: "match", pattern: "*" });
  if (words.some((word) => word.literal === undefined)) return unknownRounds;
  const presences = words.map((word): Presence => {
    const pattern = globOf(word);
    return pattern === undefined ? { kind: "path", path: word.literal ?? word.raw } : { kind: "match", pattern };
  });
  return presences.length === 1 ? given(...presences) : someOf(presences);
};

function someOf(presences: readonly Presence[]): Rounds {
  const [first] = presences;
  return first === undefined ? unknownRounds : given(first);
}

const printing: Lister = (scene, { args }) => {
  const words = operands(args);
  if (words.length === 0) return someRounds;
  const texts = words.map((word) =>
    word.literal === undefined ? undefined : word.literal.replace(/\\[n0]/g, "").trim(),
  );
  if (texts.every((text) => text !== undefined)) return texts.some((text) => text !== "") ? someRounds : noRounds;
  const open = words.filter((word) => word.literal === undefined);
  return roundsOfWords(scene, open);
};

const git: Lister = (_scene, { values, args }) => {
  if (values[0] !== "ls-files" || hasOption(values, "-d", "-m", "-o", "-u", "--deleted", "--modified", "--others"))
    return unknownRounds;
  const words = operands(args.slice(1));
  if (words.some((word) => word.literal === undefined)) return unknownRounds;
  return given({ kind: "found", below: ["."], names: words.map((word) => word.literal ?? ""), of: "file" });
};

const grep: Lister = (scene, { values }) =>
  hasOption(values, "-v", "--invert-match") ? (scene.input ?? unknownRounds) : unknownRounds;

const seq: Lister = (_scene, { values }) => {
  const numbers = values.filter((value) => /^-?\d+$/.test(value)).map(Number);
  if (numbers.length !== values.length || numbers.length === 0) return unknownRounds;
  const [first = 1, last = first] = numbers.length === 1 ? [1, numbers[0] ?? 1] : [numbers[0], numbers.at(-1)];
  return last >= first ? someRounds : noRounds;
};

/** Programs whose number of printed lines is known. */
const listers: Readonly<Record<string, Lister>> = {
  ls: listing,
  find: (_scene, { args }) => {
    const presences = presencesOfFind(args);
    return presences === undefined ? unknownRounds : given(...presences);
  },
  git,
  grep,
  egrep: grep,
  cat: files,
  sort: files,
  uniq: files,
  head: files,
  tail: files,
  tac: files,
  nl: files,
  tee: passedOn,
  tr: passedOn,
  cut: passedOn,
  sed: passedOn,
  column: passedOn,
  xargs: passedOn,
  echo: printing,
  printf: printing,
  seq,
  true: () => noRounds,
  ":": () => noRounds,
};
