import type { AndOrCommand, ShellCommand } from "#model/shell-syntax";
import { type Scene, type Sight, both, either, noteMasked, shorten, textIn } from "./strength.ts";

/** `a && b`: fails when either does. Under `set -e` only the last command of the list ends the shell. */
export function judgeAnd(scene: Scene, command: AndOrCommand): Sight {
  const left = scene.judge.command({ ...scene, errexit: false }, command.left);
  const right = scene.judge.command(scene, command.right);
  return {
    status: either(left.status, right.status),
    ends: either(left.ends, right.ends),
    checks: [...left.checks, ...right.checks],
  };
}

/** `a || b`: fails only when both do; `|| true`, `|| echo …` and `|| exit 0` therefore hide every failure of `a`. */
export function judgeOr(scene: Scene, command: AndOrCommand): Sight {
  const left = scene.judge.command({ ...scene, errexit: false }, command.left);
  const right = scene.judge.command(scene, command.right);
  const status = both(left.status, right.status);
  // Why: `check || exit 1` ends the shell exactly when the check fails.
  const ends = either(left.ends, both(left.status, right.ends));
  if (status === "never" && ends === "never") {
    noteMasked(scene, left.checks, `\`|| ${whatHides(scene, command.right)}\` hides its failure`);
    return { status, ends, checks: right.checks };
  }
  return { status, ends, checks: [...left.checks, ...right.checks] };
}

function whatHides(scene: Scene, command: ShellCommand): string {
  return shorten(textIn(scene, command)).slice(1, -1);
}
