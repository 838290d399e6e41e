import type { PlanBlock } from "#model/plan";
import type { ShellParser } from "#model/ports";
import type { ShellCommand, ShellSyntax } from "#model/shell-syntax";
import type { Premise, Vacuity } from "#model/understanding";
import { judgeCase, judgeIf } from "./branches.ts";
import { demandedFailures } from "./demanded-failure.ts";
import { noteForgotten } from "./kept.ts";
import { judgeAnd, judgeOr } from "./lists.ts";
import { judgeLoop } from "./loops.ts";
import { judgePipeline } from "./pipes.ts";
import { afterStatement, isExit, judgeScript, judgeStatement } from "./sequence.ts";
import { type ShellFacts, noFacts } from "./shell-facts.ts";
import { judgeSimple } from "./simple.ts";
import {
  type Judge,
  type Scene,
  type SeenCheck,
  type Sight,
  type Strength,
  atMostChecks,
  blind,
  either,
  noteBlind,
  noteMasked,
  tells,
  weakened,
} from "./strength.ts";
import { judgeTestCommand } from "./test-command.ts";

/** What is judged: a verification's statements count one by one; an action is one script that stops at the first failure. */
export interface JudgedBlock {
  readonly block: PlanBlock;
  readonly syntax: ShellSyntax;
  readonly role: "action" | "verification";
  readonly changesState: boolean;
  /** What the shell knows when the block begins. */
  readonly facts?: ShellFacts;
  /** Where the block's own text starts: what stands before establishes the session and proves nothing. */
  readonly from?: number;
}

const judge: Judge = { command: judgeCommand, script: judgeScript };

/** Judges by the syntax tree whether a block can fail for what it claims to check. */
export function vacuityOf(
  { block, syntax, role, changesState, facts = noFacts, from = 0 }: JudgedBlock,
  parser: ShellParser,
): Vacuity {
  const scene: Scene = {
    text: block.text,
    fixed: undefined,
    parser,
    errexit: role === "action",
    pipefail: true,
    trapped: false,
    facts,
    input: undefined,
    args: undefined,
    kept: new Map(),
    demandsFailure: false,
    notes: [],
    depth: 0,
    budget: { left: 50_000 },
    judge,
  };
  const seen = role === "action" ? judgeAction(scene, syntax) : judgeStatements(scene, syntax, from);
  noteForgotten(scene);
  const telling = seen.checks.filter((check) => tells(check.strength) && check.span.start >= from);
  // Why: any command of an action may fail, which proves nothing; only known checks do.
  const checks = role === "action" ? telling.filter((check) => check.recognised) : telling;
  const strength = role === "action" && checks.length === 0 ? weakened(seen.strength) : seen.strength;
  const counting = checks.filter((check) => check.strength === "checks");
  const premises = distinct(counting.flatMap((check) => check.premises ?? []));
  return {
    kind: syntax.incomplete || syntax.errors.length > 0 ? "unknown" : kindOf(strength, scene, counting),
    notes: notesOf(scene, block, syntax),
    checks: counting.map((check) => check.text),
    statements: seen.statements,
    recognised: checks.filter((check) => check.recognised).map((check) => check.text),
    ...(premises.length === 0 ? {} : { premises }),
    ...(scene.notes.some(({ spoils }) => spoils) ? { dropsVerdict: true } : {}),
    changesState,
  };
}

/** Why: where a verdict is dropped, what else passes is no proof of what the block pretends to ask. */
function kindOf(strength: Strength, scene: Scene, checks: readonly SeenCheck[]): Vacuity["kind"] {
  if (strength === "never") return "vacuous";
  if (strength !== "checks") return "unknown";
  if (!scene.notes.some(({ spoils }) => spoils)) return "checks";
  return checks.length === 0 ? "vacuous" : "unknown";
}

function distinct(premises: readonly Premise[]): readonly Premise[] {
  const seen = new Set<string>();
  return premises.filter((premise) => {
    const key = JSON.stringify(premise);
    return seen.has(key) ? false : seen.add(key) !== undefined;
  });
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
  const demanded = demandedFailures(syntax.statements);
  let current = scene;
  let isOver = false;
  const sights: Sight[] = [];
  const strengths: Strength[] = [];
  for (const [index, statement] of syntax.statements.entries()) {
    const demandsFailure = demanded.demand.has(index);
    const asked = demandsFailure === current.demandsFailure ? current : { ...current, demandsFailure };
    const sight = isOver ? blind : judgeStatement(asked, statement);
    if (isOver) noteBlind(current, statement, "the shell ends before it");
    isOver ||= isExit(statement) && !isReturn(statement.command);
    current = afterStatement(current, statement, index === syntax.statements.length - 1);
    const own =
      statement.start < from ? "never" : demanded.mayFail.has(index) ? "weak" : either(sight.status, sight.ends);
    sights.push(sight);
    strengths.push(current.trapped ? weakened(own) : own);
  }
  const decided = withEarlyEnds(sights, strengths);
  const checks = sights.flatMap((sight, index) => {
    const passing = sight.passing ?? [];
    const counts = decided[index] === strengths[index] ? [] : passing;
    if (counts.length < passing.length)
      noteMasked(
        scene,
        passing.filter((check) => !sight.checks.includes(check)),
        "where it decides, the block ends well",
      );
    return [...counts, ...sight.checks];
  });
  const statements = syntax.statements.map(({ start, end }, index) => ({
    start,
    end,
    text: scene.text.slice(start, end),
    checks: decided[index] === "checks",
    ...(demanded.mayFail.has(index) ? { mayFail: true } : {}),
  }));
  return { strength: best(decided), checks, statements };
}

function isReturn(command: ShellCommand): boolean {
  return command.kind === "simple" && command.words[0]?.literal === "return";
}

/** Why: `check && exit 0` before an `exit 1` that nothing else reaches is a check, though the end alone always fails. */
function withEarlyEnds(sights: readonly Sight[], strengths: readonly Strength[]): readonly Strength[] {
  const end = sights.findLastIndex((sight) => sight.ends === "always");
  if (end < 0) return strengths;
  return strengths.map((strength, index) => {
    const passes = sights[index]?.passes ?? "never";
    return index < end && tells(passes) ? either(strength, atMostChecks(passes)) : strength;
  });
}

/** A statement that always fails proves no more than one that never does, but it does not spoil the others. */
function best(strengths: readonly Strength[]): Strength {
  const telling = strengths.filter((strength) => strength !== "always");
  return telling.length === 0 && strengths.length > 0 ? "weak" : either(...telling);
}

function notesOf(scene: Scene, block: PlanBlock, syntax: ShellSyntax): Vacuity["notes"] {
  if (scene.notes.length === 0 && syntax.statements.length > 0) return [];
  const notes = [...scene.notes];
  if (syntax.statements.length === 0) {
    notes.push({
      reason: "the block holds no command",
      span: { start: 0, end: block.text.trimEnd().length },
      masked: false,
      spoils: false,
    });
  }
  const known = new Set<string>();
  const rank = (note: { readonly spoils: boolean; readonly masked: boolean }): number =>
    Number(note.spoils) * 2 + Number(note.masked);
  const ordered = notes.sort((a, b) => rank(b) - rank(a) || a.span.start - b.span.start);
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
  test: judgeTestCommand,
  arithmetic: judgeTestCommand,
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
