import type { ShellScript, ShellWord, SimpleCommand } from "#model/shell-syntax";
import { certainlyWrites } from "../risk/programs.ts";
import { type Invocation, asksVersion, invocationOf, operands } from "../shell/invocation.ts";
import { type CheckKind, givesVerdict } from "./check-kind.ts";
import { findRounds } from "./find-command.ts";
import { aliasCall, argumentsCall, functionCall } from "./functions.ts";
import { handed, judgeScriptText } from "./handed.ts";
import { inlineProgram } from "./inline-program.ts";
import { inBackground, takeChecks } from "./kept.ts";
import { ownEvidence } from "./own-evidence.ts";
import { searchedIn, sightOfRounds, sightWithPresences } from "./premises.ts";
import { verdictPrinter } from "./printers.ts";
import { knownCheck } from "./recognised-checks.ts";
import { inputOf, unknownRounds } from "./rounds.ts";
import { testProgram } from "./test-command.ts";
import {
  type Scene,
  type SeenCheck,
  type Sight,
  type Strength,
  blind,
  either,
  noteBlind,
  noteMasked,
  placeIn,
  textIn,
  weakened,
} from "./strength.ts";

/** A simple command: what its exit status tells. */
export function judgeSimple(scene: Scene, command: SimpleCommand): Sight {
  const invocation = invocationOf(command.words);
  if (invocation === undefined) return judgeAssignment(scene, command);
  const sight = judgeCall(scene, command, invocation);
  if (!invocation.wrappers.includes("xargs")) return sight;
  const rounds = inputOf(scene, command.redirects) ?? scene.input ?? unknownRounds;
  return sightOfRounds(scene, sight, rounds, command);
}

function judgeCall(scene: Scene, command: SimpleCommand, invocation: Invocation): Sight {
  for (const rule of rules) {
    const sight = rule(scene, command, invocation);
    if (sight !== undefined) return sight;
  }
  return seen(scene, command, "checks", undefined);
}

type SimpleRule = (scene: Scene, command: SimpleCommand, invocation: Invocation) => Sight | undefined;

const rules: readonly SimpleRule[] = [
  argumentsCall,
  aliasCall,
  functionCall,
  leaving,
  constant,
  testProgram,
  handed,
  recording,
  declaring,
  reading,
  preparing,
  findRounds,
  inlineProgram,
  versionProbe,
  ownEvidence,
  printing,
  known,
  looking,
  working,
];

/** `x=$(cmd)` has the status of the last substitution. */
function judgeAssignment(scene: Scene, command: SimpleCommand): Sight {
  const scripts = command.assignments.flatMap(({ value }) => value?.substitutions ?? []);
  const last = scripts.at(-1);
  if (last === undefined) return blind;
  for (const script of scripts.slice(0, -1))
    noteMasked(scene, inSubstitution(scene, script).checks, "only the last `$(…)` gives the status");
  const sight = inSubstitution(scene, last);
  return { ...sight, ends: scene.errexit ? sight.status : "never" };
}

function inSubstitution(scene: Scene, script: ShellScript): Sight {
  const sight = scene.judge.script({ ...scene, errexit: false }, script);
  return { status: either(sight.status, sight.ends), ends: "never", checks: sight.checks };
}

/** Notes checks inside the words of a command that does not hand on their status. */
function noteSubstitutions(scene: Scene, command: SimpleCommand): void {
  const targets = command.redirects.flatMap(({ target }) => target ?? []);
  const words: readonly ShellWord[] = [...command.words, ...targets];
  for (const script of words.flatMap((word) => word.substitutions)) {
    noteMasked(scene, inSubstitution(scene, script).checks, "the command around its `$(…)` drops its status");
  }
}

function seen(scene: Scene, command: SimpleCommand, strength: Strength, kind: CheckKind | undefined): Sight {
  const recognised = kind !== undefined && strength === "checks";
  const check: SeenCheck = {
    text: textIn(scene, command).trim(),
    span: placeIn(scene, command),
    strength,
    recognised,
    kind,
  };
  return { status: strength, ends: scene.errexit ? strength : "never", checks: [check] };
}

/** `exit`, `return`: how the shell ends. */
function leaving(scene: Scene, command: SimpleCommand, { program, args }: Invocation): Sight | undefined {
  if (program !== "exit" && program !== "return") return undefined;
  const [word] = args;
  const code = word?.literal;
  const taken = code === undefined ? takeChecks(scene, word?.variables ?? []) : [];
  const strength: Strength =
    taken.length > 0 ? "checks" : code === undefined ? "weak" : isZero(code) ? "never" : "always";
  if (scene.trapped && strength !== "never") noteBlind(scene, command, "the trap rewrites this status");
  if (scene.trapped) return blind;
  return { status: strength, ends: strength, checks: taken, ...(strength === "never" ? { passes: "always" } : {}) };
}

function isZero(code: string): boolean {
  return Number(code) % 256 === 0;
}

const constants: Readonly<Record<string, Strength>> = { true: "never", ":": "never", false: "always" };

function constant(scene: Scene, command: SimpleCommand, { program }: Invocation): Sight | undefined {
  if (!Object.hasOwn(constants, program)) return undefined;
  const status = constants[program] ?? "never";
  noteSubstitutions(scene, command);
  return { status, ends: scene.errexit ? status : "never", checks: [] };
}

const declarators = new Set(["export", "local", "declare", "typeset", "readonly"]);

function declaring(scene: Scene, command: SimpleCommand, { program, values }: Invocation): Sight | undefined {
  if (!declarators.has(program) || knownCheck(program, values) !== undefined) return undefined;
  noteSubstitutions(scene, command);
  return blind;
}

const readers = new Set(["read", "mapfile", "readarray"]);

/** `mapfile -t lines < <(pytest)`: nobody sees how the process behind `<(…)` ended. */
function reading(scene: Scene, command: SimpleCommand, { program }: Invocation): Sight | undefined {
  if (!readers.has(program)) return undefined;
  noteSubstitutions(scene, command);
  return blind;
}

/** `script -c` records what a command prints, and drops how it ended unless it is told to keep it. */
function recording(scene: Scene, command: SimpleCommand, { program, args, values }: Invocation): Sight | undefined {
  const at = values.findIndex((value) => /^-[a-z]*c$/.test(value) || value === "--command");
  if (program !== "script" || at < 0) return undefined;
  const text = args[at + 1]?.literal;
  const sight = text === undefined ? blind : judgeScriptText(scene, command, { text, errexit: false, same: false });
  if (values.some((value) => /^-[a-z]*e/.test(value) || value === "--return")) return sight;
  noteMasked(scene, sight.checks, "`script` drops its status; add `-e`");
  return blind;
}

const preparations = new Set(
  `cd pushd popd set shopt unset alias unalias trap umask ulimit shift getopts mkdir touch cp mv rm rmdir ln chmod chown
  tee sleep wait clear reset jobs disown kill pkill killall mktemp install tput history break continue source . logger notify-send
  hash enable dirs times bind compopt fc complete`.split(/\s+/),
);

/** Commands that prepare or clean up: they can fail, but ask nothing. */
function preparing(scene: Scene, command: SimpleCommand, { program, values }: Invocation): Sight | undefined {
  if (!preparations.has(program) || knownCheck(program, values) !== undefined) return undefined;
  noteSubstitutions(scene, command);
  return blind;
}

function printing(scene: Scene, command: SimpleCommand, invocation: Invocation): Sight | undefined {
  const why = verdictPrinter(invocation);
  if (why === undefined) return undefined;
  noteSubstitutions(scene, command);
  noteBlind(scene, command, why);
  return blind;
}

function known(scene: Scene, command: SimpleCommand, { program, values, wrappers }: Invocation): Sight | undefined {
  const check =
    knownCheck(program, values) ?? (wrappers.includes("coverage") ? knownCheck("coverage", ["run"]) : undefined);
  if (check === undefined) return undefined;
  if (check.note !== undefined) {
    const masked = check.strength === "never";
    const spoils = masked && givesVerdict(check.kind);
    scene.notes.push({ reason: check.note, span: placeIn(scene, command), masked, spoils });
  }
  if (check.strength === "never") return blind;
  const taken = program === "wait" ? takeChecks(scene, [inBackground]) : [];
  const sight = seen(
    scene,
    command,
    isSpoilt(scene, command, check.kind) ? weakened(check.strength) : check.strength,
    check.kind,
  );
  const seenTwice = program === "diff" || program === "cmp" ? comparedIn(scene, command, sight) : sight;
  const own = check.isIncidental === true ? seenTwice.checks.map(unrecognised) : seenTwice.checks;
  return { ...seenTwice, checks: [...taken, ...own] };
}

/** Why: `diff <(sort a) <(sort b)` finds no difference between two files that are not there. */
function comparedIn(scene: Scene, command: SimpleCommand, sight: Sight): Sight {
  const scripts = command.words.filter(({ raw }) => raw.startsWith("<(")).flatMap((word) => word.substitutions);
  return sightWithPresences(scene, sight, scripts.flatMap(searchedIn));
}

function unrecognised(check: SeenCheck): SeenCheck {
  return { ...check, recognised: false };
}

/** Why: tests that the verification edits first prove only what it made of them. */
function isSpoilt(scene: Scene, command: SimpleCommand, kind: CheckKind): boolean {
  if (kind !== "tests" || !scene.facts.tampered) return false;
  const reason = "the verification changes tests before it runs them";
  scene.notes.push({ reason, span: placeIn(scene, command), masked: true, spoils: true });
  return true;
}

function versionProbe(scene: Scene, command: SimpleCommand, { program, values }: Invocation): Sight | undefined {
  return asksVersion(program, values) ? seen(scene, command, "checks", "presence") : undefined;
}

const lookers = new Set(
  `ls cat head tail stat file wc du df tree less more nl tac bat sort uniq cut tr column paste xxd od strings readlink realpath
  sha256sum sha1sum md5sum shasum env printenv pwd whoami id hostname uname uptime free netstat ss who basename dirname`.split(
    /\s+/,
  ),
);

/** Programs that show something: at most they miss a file. */
function looking(scene: Scene, command: SimpleCommand, { program, args }: Invocation): Sight | undefined {
  if (!lookers.has(program)) return undefined;
  noteSubstitutions(scene, command);
  if (operands(args).length === 0) {
    noteBlind(scene, command, `\`${program}\` only shows`);
    return blind;
  }
  noteBlind(scene, command, `\`${program}\` shows and fails only when a file is missing; use \`test\` or \`grep -q\``);
  return seen(scene, command, "weak", undefined);
}

/** Programs that do work: they can fail, but ask nothing. */
function working(scene: Scene, command: SimpleCommand, invocation: Invocation): Sight | undefined {
  if (!certainlyWrites(invocation)) return undefined;
  noteBlind(scene, command, `\`${invocation.program}\` changes something; that it worked is not what is to be proved`);
  return seen(scene, command, "weak", undefined);
}
