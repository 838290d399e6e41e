import type { LoopCommand, ShellScript } from "#model/shell-syntax";
import { everyCommand } from "../shell/every-command.ts";
import { invokedBy } from "../shell/handed-script.ts";
import { sightOfRounds } from "./premises.ts";
import { inputOf, noRounds, roundsOfWords, someRounds, unknownRounds } from "./rounds.ts";
import type { Rounds } from "./shell-facts.ts";
import { type Scene, type Sight, atMostChecks, either, noteBlind, noteMasked } from "./strength.ts";

/** Loops: of the rounds only the last one's status shows, unless a failure ends the shell. */
export function judgeLoop(scene: Scene, command: LoopCommand): Sight {
  const rounds = roundsOf(scene, command);
  const waiting = rounds.some === "no" ? undefined : judgeWaiting(scene, command);
  if (waiting !== undefined) return waiting;
  const body = scene.judge.script(scene, command.body);
  if (command.condition !== undefined) noteHidden(scene, command);
  const ends = atMostChecks(body.ends);
  const passes = body.passes === undefined ? {} : { passes: body.passes, passing: body.passing ?? [] };
  if (ends === "checks") {
    const sight: Sight = { status: "never", ends, checks: body.checks, ...passes };
    return sightOfRounds(scene, sight, rounds, command);
  }
  if (body.status === "never") return { status: "never", ends, checks: body.checks, ...passes };
  noteMasked(scene, body.checks, "only the status of the last round counts; add `|| exit 1`");
  return { status: "weak", ends, checks: [], ...passes };
}

/** How often a loop goes round. */
function roundsOf(scene: Scene, command: LoopCommand): Rounds {
  if (command.kind === "for" || command.kind === "select") return roundsOfFor(scene, command);
  const asked = invokedBy(command.condition?.statements[0]?.command ?? command.body.statements[0]?.command ?? nothing);
  if (asked?.program === "read" || asked?.program === "IFS")
    return inputOf(scene, command.redirects) ?? scene.input ?? noRounds;
  const holds = asked?.program === "true" || asked?.program === ":";
  if (holds || asked?.program === "false") return holds === (command.kind === "while") ? someRounds : noRounds;
  return unknownRounds;
}

const nothing = { kind: "simple", start: 0, end: 0, assignments: [], words: [], redirects: [] } as const;

function roundsOfFor(scene: Scene, { words, variable }: LoopCommand): Rounds {
  const [first] = words;
  if (variable === undefined && first !== undefined) return roundsOfCount(first.raw);
  // Why: `for x; do` goes through the arguments, `for x in; do` through nothing, and the text does not tell them apart.
  if (first === undefined) return scene.args === undefined ? noRounds : roundsOfWords(scene, scene.args);
  return roundsOfWords(scene, words);
}

/** `i = 0; i < 3; i++`. */
function roundsOfCount(raw: string): Rounds {
  const match = /^\s*(\w+)\s*=\s*(-?\d+)\s*;\s*\1\s*(<=?|>=?)\s*(-?\d+)\s*;/.exec(raw);
  if (match === null) return unknownRounds;
  const [start, bound] = [Number(match[2]), Number(match[4])];
  const relations: Readonly<Record<string, boolean>> = {
    "<": start < bound,
    "<=": start <= bound,
    ">": start > bound,
    ">=": start >= bound,
  };
  return relations[match[3] ?? ""] === true ? someRounds : noRounds;
}

/** `until check; do sleep 1; done` ends only when the check passes, or by the timeout. */
function judgeWaiting(scene: Scene, command: LoopCommand): Sight | undefined {
  if (command.condition === undefined || (command.kind !== "until" && command.kind !== "while")) return undefined;
  const [first] = command.condition.statements;
  const negated = first?.command.kind === "pipeline" && first.command.negated;
  if (command.kind === "while" && !negated) return undefined;
  const asked = scene.judge.script({ ...scene, errexit: false }, command.condition);
  const body = scene.judge.script(scene, command.body);
  if (leavesQuietly(command.body)) {
    noteMasked(scene, asked.checks, "the loop may end without it being met");
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

/** True when a loop can be left before its condition is met: by `break`, or by an end that counts as passed. */
function leavesQuietly(body: ShellScript): boolean {
  let leaves = false;
  everyCommand(body, (command) => {
    const invocation = invokedBy(command);
    const isEnd = invocation?.program === "exit" || invocation?.program === "return";
    if (invocation?.program === "break" || (isEnd && invocation.values[0] === "0")) leaves = true;
  });
  return leaves;
}

function noteHidden(scene: Scene, command: LoopCommand): void {
  if (command.condition === undefined) return;
  const asked = scene.judge.script({ ...scene, errexit: false }, command.condition);
  noteMasked(scene, asked.checks, "the loop only asks it to know when to stop");
}
