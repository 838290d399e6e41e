import type { ShellScript, ShellWord, SimpleCommand } from "#model/shell-syntax";
import type { Span } from "#model/source";
import { heredocText } from "../shell/heredoc-text.ts";
import { certainlyWrites } from "../risk/programs.ts";
import { handedScript } from "../shell/handed-script.ts";
import { type Invocation, asksVersion, invocationOf, operands } from "../shell/invocation.ts";
import { isConstantTest } from "./constants.ts";
import { verdictPrinter } from "./printers.ts";
import { knownCheck } from "./recognised-checks.ts";
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
} from "./strength.ts";

/** A simple command: what its exit status tells. */
export function judgeSimple(scene: Scene, command: SimpleCommand): Sight {
  const invocation = invocationOf(command.words);
  if (invocation === undefined) return judgeAssignment(scene, command);
  for (const rule of rules) {
    const sight = rule(scene, command, invocation);
    if (sight !== undefined) return sight;
  }
  return seen(scene, command, "checks", false);
}

type SimpleRule = (scene: Scene, command: SimpleCommand, invocation: Invocation) => Sight | undefined;

const rules: readonly SimpleRule[] = [
  functionCall,
  leaving,
  constant,
  test,
  handed,
  declaring,
  preparing,
  printing,
  known,
  versionProbe,
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
function noteSubstitutions(scene: Scene, words: readonly ShellWord[]): void {
  for (const script of words.flatMap((word) => word.substitutions)) {
    noteMasked(scene, inSubstitution(scene, script).checks, "the command around its `$(…)` drops its status");
  }
}

function seen(scene: Scene, command: SimpleCommand, strength: Strength, recognised: boolean): Sight {
  const check: SeenCheck = { text: textIn(scene, command).trim(), span: placeIn(scene, command), strength, recognised };
  return { status: strength, ends: scene.errexit ? strength : "never", checks: [check] };
}

function functionCall(scene: Scene, command: SimpleCommand, { program, wrappers }: Invocation): Sight | undefined {
  const body = wrappers.length === 0 ? scene.functions.get(program) : undefined;
  if (body === undefined) return undefined;
  if (scene.depth > 8) return blind;
  const sight = scene.judge.command({ ...scene, depth: scene.depth + 1 }, body);
  const status = either(sight.status, sight.ends);
  const leaves = /\bexit\b/.test(textIn(scene, body));
  return {
    status,
    ends: scene.errexit ? status : leaves ? sight.ends : "never",
    checks: sight.checks.map((check) => ({ ...check, span: placeIn(scene, command) })),
  };
}

/** `exit`, `return`: how the shell ends. */
function leaving(scene: Scene, command: SimpleCommand, { program, args }: Invocation): Sight | undefined {
  if (program !== "exit" && program !== "return") return undefined;
  const code = args[0]?.literal;
  const strength: Strength = code === undefined ? "weak" : Number(code) % 256 === 0 ? "never" : "always";
  if (scene.trapped && strength !== "never") noteBlind(scene, command, "the trap rewrites this status");
  return { status: scene.trapped ? "never" : strength, ends: scene.trapped ? "never" : strength, checks: [] };
}

const constants: Readonly<Record<string, Strength>> = { true: "never", ":": "never", false: "always" };

function constant(scene: Scene, command: SimpleCommand, { program }: Invocation): Sight | undefined {
  if (!Object.hasOwn(constants, program)) return undefined;
  const status = constants[program] ?? "never";
  noteSubstitutions(scene, command.words);
  return { status, ends: scene.errexit ? status : "never", checks: [] };
}

function test(scene: Scene, command: SimpleCommand, { program, args }: Invocation): Sight | undefined {
  if (program !== "test" && program !== "[") return undefined;
  const words = program === "[" ? args.slice(0, -1) : args;
  return judgeTest(scene, command, words);
}

/** `test`, `[ … ]`, `[[ … ]]`, `(( … ))`. */
export function judgeTest(scene: Scene, command: Span, words: readonly ShellWord[]): Sight {
  if (isConstantTest(words)) {
    noteBlind(scene, command, "it compares texts that stand in the command itself");
    return blind;
  }
  const strength = asksLastStatus(words) ? "weak" : "checks";
  if (strength === "weak") noteBlind(scene, command, "`$?` tells only how the command right before it ended");
  const span = placeIn(scene, command);
  const check: SeenCheck = { text: textIn(scene, command).trim(), span, strength, recognised: strength === "checks" };
  return { status: strength, ends: scene.errexit ? strength : "never", checks: [check] };
}

/** Why: each command of a verification is asked for itself, so `$?` at its start is that of nothing. */
function asksLastStatus(words: readonly ShellWord[]): boolean {
  const variables = words.flatMap((word) => word.variables);
  return variables.length > 0 && variables.every((name) => name === "?" || name === "PIPESTATUS");
}

/** `bash -c '…'`, `eval`: what the handed text tells. */
function handed(scene: Scene, command: SimpleCommand, invocation: Invocation): Sight | undefined {
  const script = handedScript(command, invocation, (each) => heredocText(each, scene.text));
  if (script === undefined) return undefined;
  if (script.text === undefined || scene.depth > 4) return seen(scene, command, "weak", false);
  const inner: Scene = {
    ...scene,
    text: script.text,
    fixed: placeIn(scene, command),
    errexit: script.same ? scene.errexit : script.errexit,
    pipefail: script.same && scene.pipefail,
    depth: scene.depth + 1,
  };
  const sight = scene.judge.script(inner, scene.parser.parse(script.text));
  const status = either(sight.status, sight.ends);
  return { status, ends: scene.errexit ? status : script.same ? sight.ends : "never", checks: sight.checks };
}

const declarators = new Set(["export", "local", "declare", "typeset", "readonly"]);

function declaring(scene: Scene, command: SimpleCommand, { program, values }: Invocation): Sight | undefined {
  if (!declarators.has(program) || knownCheck(program, values) !== undefined) return undefined;
  noteSubstitutions(scene, command.words);
  return blind;
}

const preparations = new Set(
  `cd pushd popd set shopt unset alias unalias trap umask ulimit read shift getopts mkdir touch cp mv rm rmdir ln chmod chown
  tee sleep wait clear reset jobs disown dirs times mapfile readarray bind compopt fc enable complete kill pkill killall mktemp install tput history break continue source .`.split(
    /\s+/,
  ),
);

/** Commands that prepare or clean up: they can fail, but ask nothing. */
function preparing(scene: Scene, command: SimpleCommand, { program, values }: Invocation): Sight | undefined {
  if (!preparations.has(program) || knownCheck(program, values) !== undefined) return undefined;
  noteSubstitutions(scene, command.words);
  return blind;
}

function printing(scene: Scene, command: SimpleCommand, invocation: Invocation): Sight | undefined {
  const why = verdictPrinter(invocation);
  if (why === undefined) return undefined;
  noteSubstitutions(scene, command.words);
  noteBlind(scene, command, why);
  return blind;
}

function known(scene: Scene, command: SimpleCommand, { program, values, wrappers }: Invocation): Sight | undefined {
  const check =
    knownCheck(program, values) ?? (wrappers.includes("coverage") ? knownCheck("coverage", ["run"]) : undefined);
  if (check === undefined) return undefined;
  if (check.note !== undefined) {
    scene.notes.push({ reason: check.note, span: placeIn(scene, command), masked: check.strength === "never" });
  }
  const recognised = check.strength === "checks" && check.isIncidental !== true;
  return check.strength === "never" ? blind : seen(scene, command, check.strength, recognised);
}

function versionProbe(scene: Scene, command: SimpleCommand, { program, values }: Invocation): Sight | undefined {
  return asksVersion(program, values) ? seen(scene, command, "checks", true) : undefined;
}

const lookers = new Set([
  "ls",
  "cat",
  "head",
  "tail",
  "stat",
  "file",
  "wc",
  "du",
  "df",
  "tree",
  "less",
  "more",
  "nl",
  "tac",
  "bat",
  "sort",
  "uniq",
  "cut",
  "tr",
  "column",
  "paste",
  "xxd",
  "od",
  "strings",
  "readlink",
  "realpath",
  "sha256sum",
  "sha1sum",
  "md5sum",
  "shasum",
  "env",
  "printenv",
  "pwd",
  "whoami",
  "id",
  "hostname",
  "uname",
  "uptime",
  "free",
  "netstat",
  "ss",
  "who",
  "basename",
  "dirname",
]);

/** Programs that show something: at most they miss a file. */
function looking(scene: Scene, command: SimpleCommand, { program, args }: Invocation): Sight | undefined {
  if (!lookers.has(program)) return undefined;
  noteSubstitutions(scene, command.words);
  if (operands(args).length === 0) {
    noteBlind(scene, command, `\`${program}\` only shows`);
    return blind;
  }
  noteBlind(scene, command, `\`${program}\` shows and fails only when a file is missing; use \`test\` or \`grep -q\``);
  return seen(scene, command, "weak", false);
}

/** Programs that do work: they can fail, but ask nothing. */
function working(scene: Scene, command: SimpleCommand, invocation: Invocation): Sight | undefined {
  if (!certainlyWrites(invocation)) return undefined;
  noteBlind(scene, command, `\`${invocation.program}\` changes something; that it worked is not what is to be proved`);
  return seen(scene, command, "weak", false);
}
