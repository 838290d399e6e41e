import type { ShellScript, ShellWord, SimpleCommand, TestCommand } from "#model/shell-syntax";
import { everyCommand } from "../shell/every-command.ts";
import { invokedBy } from "../shell/handed-script.ts";
import type { Invocation } from "../shell/invocation.ts";
import { givesVerdict } from "./check-kind.ts";
import { takeChecks } from "./kept.ts";
import { searchedIn, withPresences } from "./premises.ts";
import { printsOnly } from "./printers.ts";
import { knownCheck } from "./recognised-checks.ts";
import { pathBelow } from "./shell-facts.ts";
import {
  type Scene,
  type SeenCheck,
  type Sight,
  type Strength,
  blind,
  noteBlind,
  placeIn,
  textIn,
} from "./strength.ts";
import { type TestSight, judgeArithmetic, judgeWords } from "./test-words.ts";

/** `test`, `[ … ]`. */
export function testProgram(scene: Scene, command: SimpleCommand, { program, args }: Invocation): Sight | undefined {
  if (program !== "test" && program !== "[") return undefined;
  return judgeTest(scene, command, program === "[" ? args.slice(0, -1) : args, false);
}

/** `[[ … ]]`, `(( … ))`. */
export function judgeTestCommand(scene: Scene, command: TestCommand): Sight {
  if (command.kind === "test") return judgeTest(scene, command, command.words, true);
  return sightOf(scene, command, judgeArithmetic(command.words), command.words);
}

function judgeTest(
  scene: Scene,
  command: SimpleCommand | TestCommand,
  words: readonly ShellWord[],
  isWhole: boolean,
): Sight {
  const questions = {
    isWhole,
    prints: (script: ShellScript) => printsAnyway(script),
    isMade: (path: string) => isMade(scene, path),
  };
  return sightOf(scene, command, judgeWords(words, questions), words);
}

function sightOf(
  scene: Scene,
  command: SimpleCommand | TestCommand,
  { strength, why }: TestSight,
  words: readonly ShellWord[],
): Sight {
  if (strength !== "checks" && why !== undefined) noteBlind(scene, command, why);
  if (strength === "never") return blind;
  if (strength === "always") return { status: "always", ends: scene.errexit ? "always" : "never", checks: [] };
  const taken = takeChecks(scene, namesIn(command, words));
  const isLast = asksLastStatus(words) && !scene.demandsFailure;
  if (isLast) noteBlind(scene, command, "`$?` tells only how the command right before it ended");
  const own: Strength = isLast ? "weak" : strength;
  const seen: SeenCheck = {
    text: textIn(scene, command).trim(),
    span: placeIn(scene, command),
    strength: own,
    recognised: own === "checks",
    kind: "comparison",
  };
  const check = withPresences(
    scene,
    seen,
    isAbsence(words) ? words.flatMap((word) => word.substitutions.flatMap(searchedIn)) : [],
  );
  return { status: own, ends: scene.errexit ? own : "never", checks: [...taken, check] };
}

/** Variables a test asks for; in arithmetic they stand without `$`. */
function namesIn(command: SimpleCommand | TestCommand, words: readonly ShellWord[]): readonly string[] {
  const names = words.flatMap((word) => word.variables);
  if (command.kind !== "arithmetic") return names;
  return [...names, ...[...command.raw.matchAll(/[A-Za-z_]\w*/g)].map((match) => match[0])];
}

/** Why: each command of a verification is asked for itself, so what it is told of the one before, that one has told already. */
function asksLastStatus(words: readonly ShellWord[]): boolean {
  if (words.every(({ variables }) => variables.length === 0)) return false;
  const variables = words.flatMap((word) => word.variables);
  return variables.length > 0 && variables.every((name) => name === "?" || name === "PIPESTATUS");
}

/** True when the test passes because something is not there: `-z "$(…)"`, a count of 0. */
function isAbsence(words: readonly ShellWord[]): boolean {
  const [first, second, third] = words.map((word) => word.raw);
  if (first === "-z") return true;
  return (second === "-eq" || second === "=" || second === "==") && /^["']?0?["']?$/.test(third ?? "-");
}

function isMade(scene: Scene, path: string): boolean {
  const place = pathBelow(scene.facts.directory, path);
  return place !== undefined && scene.facts.files.at(place)?.own === true;
}

/** How it is asked whether a script prints anything: one that prints whatever happens is no question. */
function printsAnyway(script: ShellScript): Strength {
  let strength: Strength = "checks";
  for (const { command } of script.statements) {
    if (command.kind === "simple" && printsOnly(command) && command.words.length > 1) strength = "never";
  }
  everyCommand(script, (command) => {
    const invocation = invokedBy(command);
    if (invocation === undefined) return;
    const known = knownCheck(invocation.program, invocation.values);
    if (known !== undefined && givesVerdict(known.kind) && known.kind !== "format") strength = "never";
  });
  return strength;
}
