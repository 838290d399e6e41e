import type { CaseCommand, IfCommand, ShellCommand, ShellScript } from "#model/shell-syntax";
import { assignedBy, keepChecks } from "./kept.ts";
import { chosenBy, printsVerdict } from "./lists.ts";
import { searchedIn, withPresences } from "./premises.ts";
import {
  type Scene,
  type SeenCheck,
  type Sight,
  type Strength,
  blind,
  either,
  noteBlind,
  noteMasked,
  tells,
} from "./strength.ts";

/** `if`: its conditions count only when a branch fails because of them. */
export function judgeIf(scene: Scene, command: IfCommand): Sight {
  const asked = command.branches.map(({ condition }) => scene.judge.script({ ...scene, errexit: false }, condition));
  const bodies = command.branches.map(({ body }) => scene.judge.script(scene, body));
  const otherwise = command.otherwise === undefined ? blind : scene.judge.script(scene, command.otherwise);
  const condition = either(...asked.map((each) => each.status));
  const conditions = asked.flatMap((each, index) => {
    const isAbsence = bodies[index]?.status === "always" || bodies[index]?.ends === "always";
    const found = isAbsence ? searchedIn(command.branches[index]?.condition ?? nothing) : [];
    return each.checks.map((check) => withPresences(scene, check, found));
  });
  const hardConditions = either(...asked.map((each) => each.ends));
  const joined = joinBranches(condition, conditions, [...bodies, otherwise]);
  if (!joined.decides) noteUndecided(scene, command, conditions);
  return { ...joined.sight, ends: either(joined.sight.ends, hardConditions) };
}

const nothing: ShellScript = { start: 0, end: 0, statements: [] };

function noteUndecided(scene: Scene, command: IfCommand, conditions: readonly SeenCheck[]): void {
  const scripts = [
    ...command.branches.map(({ body }) => body),
    ...(command.otherwise === undefined ? [] : [command.otherwise]),
  ];
  const inner = scripts.flatMap((script) => script.statements.map((statement) => statement.command));
  const names = assignedBy(...inner);
  if (names.length > 0) keepChecks(scene, names, conditions);
  else noteMasked(scene, conditions, "no branch of the `if` fails because of it", saysBoth(scripts));
  if (conditions.length === 0) noteBlind(scene, command, "no branch of this `if` fails");
}

/** True when each of at least two branches only says something. */
function saysBoth(scripts: readonly ShellScript[]): boolean {
  const commands = (script: ShellScript): readonly ShellCommand[] =>
    script.statements.map((statement) => statement.command);
  return scripts.length > 1 && scripts.every((script) => printsVerdict(...commands(script)));
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
  if (!joined.decides) {
    const said = saysBoth(command.branches.map(({ body }) => body));
    if (said && !constant) noteMasked(scene, [subject], "no branch of the `case` fails because of it", true);
    noteBlind(scene, command, "no branch of this `case` fails");
  }
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
  const passes = joinStrengths(
    condition,
    branches.map((branch) => branch.passes ?? "never"),
  );
  const decides = status.decides || ends.decides;
  const inner = branches.flatMap((branch) => branch.checks);
  return {
    sight: {
      status: status.strength,
      ends: ends.strength,
      checks: decides ? [...conditions, ...inner] : inner,
      ...(passes.strength === "never"
        ? {}
        : { passes: passes.strength, passing: [...conditions, ...branches.flatMap((branch) => branch.passing ?? [])] }),
    },
    decides: decides || passes.decides,
  };
}

function joinStrengths(condition: Strength, branches: readonly Strength[]): { strength: Strength; decides: boolean } {
  const [first = "never"] = branches;
  if (branches.every((branch) => branch === first)) return { strength: first, decides: false };
  // Why: the condition chooses the branch that fails, so the whole tells what the condition tells.
  if (branches.includes("always")) return { strength: chosenBy(condition), decides: tells(condition) };
  // Why: where one branch checks nothing, the whole passes unasked in that case.
  return { strength: branches.includes("never") ? "weak" : "checks", decides: false };
}
