import type { AndOrCommand, ShellCommand } from "#model/shell-syntax";
import { everyCommand } from "../shell/every-command.ts";
import { invokedBy } from "../shell/handed-script.ts";
import { givesVerdict } from "./check-kind.ts";
import { assignedBy, keepChecks } from "./kept.ts";
import { afterCommand } from "./learn.ts";
import { searchedBy, withPresences } from "./premises.ts";
import {
  type Scene,
  type Sight,
  type Strength,
  both,
  either,
  noteMasked,
  reached,
  shorten,
  tells,
  textIn,
  weakened,
} from "./strength.ts";

/** `a && b`: fails when either does. Under `set -e` only the last command of the list ends the shell. */
export function judgeAnd(scene: Scene, command: AndOrCommand): Sight {
  const left = scene.judge.command({ ...scene, errexit: false }, command.left);
  const facts = afterCommand(scene.facts, command.left, { text: scene.text, own: true });
  const right = scene.judge.command({ ...scene, facts }, command.right);
  const passes = reached(left.status, right.passes ?? "never");
  const isAbsence = right.ends === "always";
  const checks = isAbsence
    ? left.checks.map((check) => withPresences(scene, check, searchedBy(command.left)))
    : left.checks;
  return {
    status: either(left.status, reached(left.status, right.status)),
    ends: either(left.ends, reached(left.status, right.ends)),
    checks: [...checks, ...right.checks],
    ...(passes === "never" ? {} : { passes, passing: [...left.checks, ...(right.passing ?? [])] }),
  };
}

/** `a || b`: fails only when both do; `|| true`, `|| echo …` and `|| exit 0` therefore hide every failure of `a`. */
export function judgeOr(scene: Scene, command: AndOrCommand): Sight {
  const left = scene.judge.command({ ...scene, errexit: false }, command.left);
  const right = scene.judge.command(scene, command.right);
  const passes = right.passes === undefined ? {} : { passes: "weak" as const, passing: left.checks };
  const fallback = fallbackStatus(scene, left, right);
  const status = both(left.status, fallback);
  // Why: `check || exit 1` ends the shell exactly when the check fails.
  const ends = either(left.ends, both(left.status, right.ends));
  if (both(either(status, ends), left.status) === left.status)
    return {
      status,
      ends,
      checks: status === "never" && ends === "never" ? right.checks : [...left.checks, ...right.checks],
      ...passes,
    };
  const names = assignedBy(command.right);
  if (names.length > 0) keepChecks(scene, names, left.checks);
  else noteMasked(scene, left.checks, hides(scene, command.right), printsVerdict(command.right));
  return { status, ends, checks: right.checks, ...passes };
}

/** What the failure of the command behind `||` tells when it is reached because the one before failed. */
function fallbackStatus(scene: Scene, left: Sight, right: Sight): Strength {
  const isGuard = left.checks.length > 0 && !left.checks.some(({ kind }) => givesVerdict(kind));
  if (isGuard && right.checks.some(({ kind }) => givesVerdict(kind))) {
    noteMasked(scene, right.checks, "it is not even run where the condition before `||` holds");
    return weakened(right.status);
  }
  // Why: a program nobody knows is more likely to deal with the failure than to be another way to pass.
  const isHandler = !right.checks.some(({ recognised }) => recognised) && !scene.facts.sourced;
  return isHandler ? weakened(right.status) : right.status;
}

function hides(scene: Scene, command: ShellCommand): string {
  const text = shorten(textIn(scene, command)).slice(1, -1);
  return `\`|| ${text}\` hides its failure`;
}

const speaking = new Set(["echo", "printf", "cat", "true", ":", "exit", "return", "tput"]);

/** True when all that commands do is to say something. */
export function printsVerdict(...commands: readonly ShellCommand[]): boolean {
  let prints = false;
  let works = false;
  for (const command of commands) {
    everyCommand({ start: 0, end: 0, statements: [{ start: 0, end: 0, command, background: false }] }, (each) => {
      const program = invokedBy(each)?.program;
      if (program === undefined) return;
      if (program === "echo" || program === "printf") prints = true;
      if (!speaking.has(program)) works = true;
    });
  }
  return prints && !works;
}

/** The strength of a condition that chooses between an end and going on. */
export function chosenBy(condition: Strength): Strength {
  return tells(condition) ? condition : "weak";
}
