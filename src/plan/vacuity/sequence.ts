import type { ShellScript, ShellStatement } from "#model/shell-syntax";
import { invokedBy } from "../shell/handed-script.ts";
import { inBackground, keepChecks } from "./kept.ts";
import { afterCommand } from "./learn.ts";
import {
  type Scene,
  type SeenCheck,
  type Sight,
  type Strength,
  atMostChecks,
  blind,
  either,
  noteMasked,
  tells,
} from "./strength.ts";

/** A list of statements in one shell: the last one's status shows, and whatever ends the shell before it. */
export function judgeScript(scene: Scene, script: ShellScript): Sight {
  let current = scene;
  let ends: Strength = "never";
  let passes: Strength = "never";
  let last: Sight = blind;
  const checks: SeenCheck[] = [];
  const passing: SeenCheck[] = [];
  const { statements } = script;
  for (const [index, statement] of statements.entries()) {
    dropStatus(current, last, checks);
    last = judgeStatement(current, statement);
    ends = either(ends, last.ends);
    passes = either(passes, last.passes ?? "never");
    passing.push(...(last.passing ?? []));
    if (isExit(statement)) break;
    current = afterStatement(current, statement, index === statements.length - 1);
  }
  if (current.trapped && !scene.trapped) return blind;
  const whole: Sight = { status: last.status, ends, checks: [...checks, ...last.checks] };
  return passes === "never" ? whole : withPasses(whole, last, { passes, passing });
}

/** Why: where the end is reached only when nothing passed before, and fails, what passed before decides. */
function withPasses(
  sight: Sight,
  last: Sight,
  early: { readonly passes: Strength; readonly passing: readonly SeenCheck[] },
): Sight {
  const isFailure = last.status === "always" || last.ends === "always";
  if (!isFailure || !tells(early.passes)) return { ...sight, ...early };
  const strength = atMostChecks(early.passes);
  return {
    status: strength,
    ends: last.ends === "always" ? strength : sight.ends,
    checks: [...early.passing, ...sight.checks],
    ...early,
  };
}

/** Keeps the checks of a statement that is not the last: those that would have ended the shell. */
function dropStatus(scene: Scene, sight: Sight, checks: SeenCheck[]): void {
  if (sight.ends !== "never") return void checks.push(...sight.checks);
  const passing = new Set(sight.passing);
  const lost = sight.checks.filter((check) => !passing.has(check));
  noteMasked(scene, lost, "commands behind it decide the status");
}

/** One statement; a background command's failure is seen by nobody, unless a `wait` asks for it. */
export function judgeStatement(scene: Scene, statement: ShellStatement): Sight {
  const sight = scene.judge.command(scene, statement.command);
  if (!statement.background) return sight;
  keepChecks(scene, [inBackground], sight.checks);
  return blind;
}

/** True for a statement behind which nothing runs. */
export function isExit({ command }: ShellStatement): boolean {
  const invocation = invokedBy(command);
  if (command.kind === "simple" && command.words[0]?.literal === "exec") return command.words.length > 1;
  return invocation?.program === "exit" || invocation?.program === "return";
}

/**
 * The scene after a statement: what it defined and wrote, and how it changes what failures do: `set -e`, `trap … EXIT`. Behind the last
 * one nothing asks what it defined and wrote.
 */
export function afterStatement(scene: Scene, statement: ShellStatement, isLast: boolean): Scene {
  if (statement.background) return scene;
  const invocation = invokedBy(statement.command);
  if (isLast && invocation?.program !== "set" && invocation?.program !== "trap") return scene;
  const facts = afterCommand(scene.facts, statement.command, { text: scene.text, own: true });
  const learnt = facts === scene.facts ? scene : { ...scene, facts };
  if (invocation?.program === "set") return afterSet(learnt, statement, invocation.values);
  if (invocation?.program === "trap" && rewrites(learnt, invocation.values)) {
    scene.notes.push({
      reason: "the trap rewrites the status",
      span: scene.fixed ?? { start: statement.start, end: statement.end },
      masked: true,
      spoils: true,
    });
    return { ...learnt, trapped: true };
  }
  return learnt;
}

function afterSet(scene: Scene, statement: ShellStatement, values: readonly string[]): Scene {
  let { errexit, pipefail, trapped } = scene;
  values.forEach((value, index) => {
    const named = values[index - 1];
    const option = /^[-+]\w*o$/.test(named ?? "") ? value : undefined;
    const on = option === undefined ? value.startsWith("-") : named?.startsWith("-") === true;
    if (option === "errexit" || (option === undefined && /^[-+]\w*e/.test(value))) errexit = on;
    if (option === "pipefail") pipefail = on;
    if (on && (option === "noexec" || (option === undefined && /^-\w*n/.test(value)))) trapped = true;
  });
  if (trapped && !scene.trapped) {
    const span = scene.fixed ?? { start: statement.start, end: statement.end };
    scene.notes.push({ reason: "from here the shell only reads and runs nothing", span, masked: true, spoils: true });
  }
  return { ...scene, errexit, pipefail, trapped };
}

const endings = new Set(["EXIT", "0", "SIGEXIT", "ERR", "DEBUG", "RETURN"]);

/** True for a trap that ends the shell well: by `exit 0` in its own text or in the function it calls. */
function rewrites(scene: Scene, values: readonly string[]): boolean {
  const [action = "", ...signals] = values.filter((value) => value !== "--");
  if (!signals.some((signal) => endings.has(signal)) || action === "-") return false;
  const inner = { ...scene, notes: [], kept: new Map<string, SeenCheck[]>(), errexit: false, text: action };
  const sight = judgeScript(inner, scene.parser.parse(action));
  return sight.passes === "always" || /^\s*exec\s+true\b/.test(action);
}
