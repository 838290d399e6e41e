import type { CaseCommand, IfCommand } from "#model/shell-syntax";
import {
  type Scene,
  type SeenCheck,
  type Sight,
  type Strength,
  atMostChecks,
  blind,
  either,
  noteBlind,
  noteMasked,
} from "./strength.ts";

/** `if`: its conditions count only when a branch fails because of them. */
export function judgeIf(scene: Scene, command: IfCommand): Sight {
  const asked = command.branches.map(({ condition }) => scene.judge.script({ ...scene, errexit: false }, condition));
  const bodies = command.branches.map(({ body }) => scene.judge.script(scene, body));
  const otherwise = command.otherwise === undefined ? blind : scene.judge.script(scene, command.otherwise);
  const condition = either(...asked.map((each) => each.status));
  const conditions = asked.flatMap((each) => each.checks);
  const hardConditions = either(...asked.map((each) => each.ends));
  const joined = joinBranches(condition, conditions, [...bodies, otherwise]);
  if (!joined.decides) {
    noteMasked(scene, conditions, "no branch of the `if` fails because of it");
    if (conditions.length === 0) noteBlind(scene, command, "no branch of this `if` fails");
  }
  return { ...joined.sight, ends: either(joined.sight.ends, hardConditions) };
}

/** `case`: as `if`, with its subject as the condition. */
export function judgeCase(scene: Scene, command: CaseCommand): Sight {
  const bodies = command.branches.map(({ body }) => scene.judge.script(scene, body));
  const rest = command.branches.some(({ patterns }) => patterns.includes("*")) ? [] : [blind];
  const text = scene.text.slice(command.start, command.subject?.end ?? command.start);
  const place = scene.fixed ?? { start: command.start, end: command.subject?.end ?? command.end };
  const subject: SeenCheck = { text, span: place, strength: "checks", recognised: false };
  const constant = command.subject?.literal !== undefined;
  const joined = joinBranches(constant ? "never" : "checks", constant ? [] : [subject], [...bodies, ...rest]);
  if (!joined.decides) noteBlind(scene, command, "no branch of this `case` fails");
  return joined.sight;
}

interface Joined {
  readonly sight: Sight;
  /** The condition shows in how the whole ends. */
  readonly decides: boolean;
}

function joinBranches(condition: Strength, conditions: readonly SeenCheck[], branches: readonly Sight[]): Joined {
  const status = joinStrengths(
    condition,
    branches.map((branch) => branch.status),
  );
  const ends = joinStrengths(
    condition,
    branches.map((branch) => branch.ends),
  );
  const decides = status.decides || ends.decides;
  const inner = branches.flatMap((branch) => branch.checks);
  return {
    sight: { status: status.strength, ends: ends.strength, checks: decides ? [...conditions, ...inner] : inner },
    decides,
  };
}

function joinStrengths(condition: Strength, branches: readonly Strength[]): { strength: Strength; decides: boolean } {
  const [first = "never"] = branches;
  if (branches.every((branch) => branch === first)) return { strength: first, decides: false };
  if (branches.includes("always")) {
    // Why: the condition chooses the branch that fails, so the whole tells what the condition tells.
    return { strength: condition === "never" ? "weak" : atMostChecks(condition), decides: condition !== "never" };
  }
  // Why: where one branch checks nothing, the whole passes unasked in that case.
  return { strength: branches.includes("never") ? "weak" : "checks", decides: false };
}
