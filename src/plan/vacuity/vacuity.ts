import type { PlanBlock } from "#model/plan";
import type { ShellParser } from "#model/ports";
import type { ShellCommand, ShellSyntax } from "#model/shell-syntax";
import type { Vacuity } from "#model/understanding";
import { judgeCase, judgeIf } from "./branches.ts";
import { judgeAnd, judgeOr } from "./lists.ts";
import { judgeLoop } from "./loops.ts";
import { judgePipeline } from "./pipes.ts";
import { afterStatement, judgeScript, judgeStatement, withFunctions } from "./sequence.ts";
import { judgeSimple, judgeTest } from "./simple.ts";
import { type Judge, type Scene, type SeenCheck, type Sight, type Strength, blind, either, tells } from "./strength.ts";

/** What is judged: a verification's statements count one by one; an action is one script that stops at the first failure. */
export interface JudgedBlock {
  readonly block: PlanBlock;
  readonly syntax: ShellSyntax;
  readonly role: "action" | "verification";
  readonly changesState: boolean;
  /** Where the block's own text starts: what stands before establishes the session and proves nothing. */
  readonly from?: number;
}

const judge: Judge = { command: judgeCommand, script: judgeScript };

/** Judges by the syntax tree whether a block can fail for what it claims to check. */
export function vacuityOf({ block, syntax, role, changesState, from = 0 }: JudgedBlock, parser: ShellParser): Vacuity {
  const scene: Scene = {
    text: block.text,
    fixed: undefined,
    parser,
    errexit: role === "action",
    pipefail: true,
    trapped: false,
    functions: new Map(),
    notes: [],
    depth: 0,
    budget: { left: 50_000 },
    judge,
  };
  const seen = role === "action" ? judgeAction(scene, syntax) : judgeStatements(scene, syntax, from);
  const telling = seen.checks.filter((check) => tells(check.strength) && check.span.start >= from);
  // Why: any command of an action may fail, which proves nothing; only known checks do.
  const checks = role === "action" ? telling.filter((check) => check.recognised) : telling;
  const strength = role === "action" && checks.length === 0 ? weakened(seen.strength) : seen.strength;
  const kind = syntax.incomplete || syntax.errors.length > 0 ? "unknown" : kindOf(strength);
  return {
    kind,
    notes: notesOf(scene, block, syntax),
    checks: checks.filter((check) => check.strength === "checks").map((check) => check.text),
    statements: seen.statements,
    recognised: checks.filter((check) => check.recognised).map((check) => check.text),
    changesState,
  };
}

function kindOf(strength: Strength): Vacuity["kind"] {
  if (strength === "checks") return "checks";
  return strength === "never" ? "vacuous" : "unknown";
}

interface Judged {
  readonly strength: Strength;
  readonly checks: readonly SeenCheck[];
  readonly statements: Vacuity["statements"];
}

function judgeAction(scene: Scene, syntax: ShellSyntax): Judged {
  const sight = judgeScript(scene, syntax);
  const checks = sight.checks;
  const statements = syntax.statements.map(({ start, end }) => ({
    start,
    end,
    text: scene.text.slice(start, end),
    checks: checks.some((check) => check.span.start >= start && check.span.end <= end && check.strength === "checks"),
  }));
  return { strength: either(sight.status, sight.ends), checks, statements };
}

function judgeStatements(scene: Scene, syntax: ShellSyntax, from: number): Judged {
  let current = withFunctions(scene, syntax);
  const checks: SeenCheck[] = [];
  const strengths: Strength[] = [];
  const statements = syntax.statements.map((statement) => {
    const sight = judgeStatement(current, statement);
    current = afterStatement(current, statement);
    const strength = statement.start < from ? "never" : either(sight.status, sight.ends);
    strengths.push(current.trapped ? weakened(strength) : strength);
    checks.push(...sight.checks);
    const { start, end } = statement;
    return { start, end, text: scene.text.slice(start, end), checks: strength === "checks" };
  });
  return { strength: best(strengths), checks, statements };
}

function weakened(strength: Strength): Strength {
  return strength === "checks" ? "weak" : strength;
}

/** A statement that always fails proves no more than one that never does, but it does not spoil the others. */
function best(strengths: readonly Strength[]): Strength {
  const telling = strengths.filter((strength) => strength !== "always");
  return telling.length === 0 && strengths.length > 0 ? "weak" : either(...telling);
}

function notesOf(scene: Scene, block: PlanBlock, syntax: ShellSyntax): Vacuity["notes"] {
  const notes = [...scene.notes];
  if (syntax.statements.length === 0) {
    notes.push({
      reason: "the block holds no command",
      span: { start: 0, end: block.text.trimEnd().length },
      masked: false,
    });
  }
  const known = new Set<string>();
  const ordered = notes.sort((a, b) => Number(b.masked) - Number(a.masked) || a.span.start - b.span.start);
  return ordered.flatMap(({ reason, span, masked }) => {
    const key = `${span.start}:${span.end}:${reason}`;
    if (known.has(key)) return [];
    known.add(key);
    return [{ reason, range: block.rangeOf(span.start, span.end), masked }];
  });
}

type CommandOf<K, C = ShellCommand> = C extends { readonly kind: infer T } ? (K extends T ? C : never) : never;

type KindJudges = { readonly [K in ShellCommand["kind"]]: (scene: Scene, command: CommandOf<K>) => Sight };

const judges: KindJudges = {
  simple: judgeSimple,
  test: (scene, command) => judgeTest(scene, command, command.words),
  arithmetic: (scene, command) => judgeTest(scene, command, command.words),
  pipeline: judgePipeline,
  and: judgeAnd,
  or: judgeOr,
  subshell: (scene, command) => softened(scene, judgeScript(scene, command.body)),
  group: (scene, command) => judgeScript(scene, command.body),
  if: judgeIf,
  case: judgeCase,
  for: judgeLoop,
  select: judgeLoop,
  while: judgeLoop,
  until: judgeLoop,
  function: () => blind,
};

/** What ends a subshell is its status outside. */
function softened(scene: Scene, sight: Sight): Sight {
  const status = either(sight.status, sight.ends);
  return { status, ends: scene.errexit ? status : "never", checks: sight.checks };
}

function judgeCommand(scene: Scene, command: ShellCommand): Sight {
  scene.budget.left -= 1;
  if (scene.budget.left < 0) return blind;
  const judgeOne = judges[command.kind] as (scene: Scene, command: ShellCommand) => Sight;
  return judgeOne(scene, command);
}
