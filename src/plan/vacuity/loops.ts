import type { LoopCommand } from "#model/shell-syntax";
import { type Scene, type Sight, atMostChecks, either, noteBlind, noteMasked } from "./strength.ts";

/** Loops: of the rounds only the last one's status shows, unless a failure ends the shell. */
export function judgeLoop(scene: Scene, command: LoopCommand): Sight {
  const waiting = judgeWaiting(scene, command);
  if (waiting !== undefined) return waiting;
  const body = scene.judge.script(scene, command.body);
  if (command.condition !== undefined) noteHidden(scene, command);
  const ends = atMostChecks(body.ends);
  if (ends === "checks" || body.status === "never") return { status: "never", ends, checks: body.checks };
  noteMasked(scene, body.checks, "only the status of the last round counts; add `|| exit 1`");
  return { status: "weak", ends, checks: [] };
}

/** `until check; do sleep 1; done` ends only when the check passes, or by the timeout. */
function judgeWaiting(scene: Scene, command: LoopCommand): Sight | undefined {
  if (command.condition === undefined || (command.kind !== "until" && command.kind !== "while")) return undefined;
  const [first] = command.condition.statements;
  const negated = first?.command.kind === "pipeline" && first.command.negated;
  if (command.kind === "while" && !negated) return undefined;
  const asked = scene.judge.script({ ...scene, errexit: false }, command.condition);
  const body = scene.judge.script(scene, command.body);
  const leaves = leavesQuietly(scene, command);
  if (leaves) {
    noteBlind(scene, command, "the loop may end without the condition being met");
    return { status: "weak", ends: body.ends, checks: body.checks };
  }
  const strength = atMostChecks(asked.status);
  return {
    status: strength,
    ends: either(body.ends, scene.errexit ? strength : "never"),
    checks: [...asked.checks, ...body.checks],
  };
}

function leavesQuietly(scene: Scene, command: LoopCommand): boolean {
  return /\b(?:break|exit 0|return 0)\b/.test(scene.text.slice(command.body.start, command.body.end));
}

function noteHidden(scene: Scene, command: LoopCommand): void {
  if (command.condition === undefined) return;
  const asked = scene.judge.script({ ...scene, errexit: false }, command.condition);
  noteMasked(scene, asked.checks, "the loop only asks it to know when to stop");
}
