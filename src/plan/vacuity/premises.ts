import type { ShellCommand, ShellScript, ShellWord } from "#model/shell-syntax";
import type { Premise, Presence } from "#model/understanding";
import { everyCommand } from "../shell/every-command.ts";
import { invokedBy } from "../shell/handed-script.ts";
import { type Invocation, operands } from "../shell/invocation.ts";
import { globOf } from "./glob-words.ts";
import type { Rounds } from "./shell-facts.ts";
import { type Scene, type SeenCheck, type Sight, blind, noteBlind, noteMasked, weakened } from "./strength.ts";
import type { Span } from "#model/source";

/** A check that is only made if these are there. */
export function withPresences(scene: Scene, check: SeenCheck, presences: readonly Presence[]): SeenCheck {
  const directory = scene.facts.moved;
  if (presences.length === 0 || directory === undefined) return check;
  const more = presences.map((there): Premise => ({ check: check.text, directory, there }));
  return { ...check, premises: [...(check.premises ?? []), ...more] };
}

/** A sight whose checks are only made if these are there. */
export function sightWithPresences(scene: Scene, sight: Sight, presences: readonly Presence[]): Sight {
  return { ...sight, checks: sight.checks.map((check) => withPresences(scene, check, presences)) };
}

/** What is seen of something that goes round as often as a list says. */
export function sightOfRounds(scene: Scene, sight: Sight, rounds: Rounds, span: Span): Sight {
  if (rounds.some === "yes") return sightWithPresences(scene, sight, rounds.presences);
  if (rounds.some === "no") {
    noteBlind(scene, span, "what it goes through is empty");
    return blind;
  }
  const seen = sight.ends === "checks" || sight.status === "checks" ? sight.checks : [];
  noteMasked(
    scene,
    seen,
    "whether it is handed anything to check, nobody can tell; test first that the list is not empty",
  );
  return { ...sight, status: weakened(sight.status), ends: weakened(sight.ends) };
}

/** What must be there for "nothing was found" to mean something: the files and folders that these commands search. */
export function searchedBy(...commands: readonly ShellCommand[]): readonly Presence[] {
  return commands.flatMap((command) =>
    searchedIn({ start: 0, end: 0, statements: [{ start: 0, end: 0, command, background: false }] }),
  );
}

/** What a script searches. */
export function searchedIn(script: ShellScript): readonly Presence[] {
  const found: Presence[] = [];
  everyCommand(script, (command) => {
    const invocation = invokedBy(command);
    const rule =
      invocation !== undefined && Object.hasOwn(searchers, invocation.program)
        ? searchers[invocation.program]
        : undefined;
    if (rule !== undefined && invocation !== undefined) found.push(...rule(invocation).flatMap(presenceOf));
    for (const { operator, target } of command.redirects)
      if (operator === "<" && target !== undefined) found.push(...presenceOf(target));
  });
  return found;
}

function presenceOf(word: ShellWord): readonly Presence[] {
  if (word.literal === undefined || word.literal === "-" || word.raw.startsWith("<(")) return [];
  const pattern = globOf(word);
  return [pattern === undefined ? { kind: "path", path: word.literal } : { kind: "match", pattern }];
}

type Searcher = (invocation: Invocation) => readonly ShellWord[];

const valued = [
  "-e",
  "-f",
  "-A",
  "-B",
  "-C",
  "-m",
  "-g",
  "-t",
  "--include",
  "--exclude",
  "--exclude-dir",
  "--glob",
  "--type",
];

const grep: Searcher = ({ args, values }) => {
  const words = operands(args, valued);
  return values.some((value) => /^(?:-\w*e|-f|--regexp(?:=|$)|--file(?:=|$))/.test(value)) ? words : words.slice(1);
};

const files: Searcher = ({ args }) => operands(args, ["-n", "-c", "-k", "-t"]);

const find: Searcher = ({ args }) => {
  const end = args.findIndex((word) => /^[-(!\\]/.test(word.raw));
  return end < 0 ? args : args.slice(0, end);
};

const searchers: Readonly<Record<string, Searcher>> = {
  grep,
  egrep: grep,
  fgrep: grep,
  rg: grep,
  ag: grep,
  zgrep: grep,
  cat: files,
  head: files,
  tail: files,
  wc: files,
  sort: files,
  find,
};
