import type { ShellScript, ShellStatement } from "#model/shell-syntax";
import { invokedBy } from "../shell/handed-script.ts";
import { type Scene, type SeenCheck, type Sight, type Strength, blind, either, noteMasked } from "./strength.ts";

/** A list of statements in one shell: the last one's status shows, and whatever ends the shell before it. */
export function judgeScript(scene: Scene, script: ShellScript): Sight {
  let current = withFunctions(scene, script);
  let ends: Strength = "never";
  let last: Sight = blind;
  const checks: SeenCheck[] = [];
  for (const statement of script.statements) {
    dropStatus(current, last, checks);
    last = judgeStatement(current, statement);
    ends = either(ends, last.ends);
    if (isExit(statement)) break;
    current = afterStatement(current, statement);
  }
  return { status: last.status, ends, checks: [...checks, ...last.checks] };
}

/** Keeps the checks of a statement that is not the last: those that would have ended the shell. */
function dropStatus(scene: Scene, sight: Sight, checks: SeenCheck[]): void {
  if (sight.ends !== "never") checks.push(...sight.checks);
  else noteMasked(scene, sight.checks, "commands behind it decide the status");
}

/** One statement; a background command's failure is seen by nobody. */
export function judgeStatement(scene: Scene, statement: ShellStatement): Sight {
  const sight = scene.judge.command(scene, statement.command);
  if (!statement.background) return sight;
  noteMasked(scene, sight.checks, "it runs in the background, and nobody waits for its status");
  return blind;
}

function isExit(statement: ShellStatement): boolean {
  const program = invokedBy(statement.command)?.program;
  return program === "exit" || program === "return" || program === "exec";
}

/** The scene with the functions a script defines. */
export function withFunctions(scene: Scene, script: ShellScript): Scene {
  const defined = script.statements.flatMap(({ command }) => (command.kind === "function" ? [command] : []));
  if (defined.length === 0) return scene;
  return {
    ...scene,
    functions: new Map([...scene.functions, ...defined.map((each) => [each.name, each.body] as const)]),
  };
}

/** The scene after a statement that changes how failures are treated: `set -e`, `set +o pipefail`, `trap … EXIT`, `trap … ERR`. */
export function afterStatement(scene: Scene, statement: ShellStatement): Scene {
  const invocation = invokedBy(statement.command);
  if (invocation?.program === "set") return afterSet(scene, invocation.values);
  if (invocation?.program === "trap" && rewrites(invocation.values)) {
    scene.notes.push({
      reason: "the trap rewrites the status",
      span: scene.fixed ?? { start: statement.start, end: statement.end },
      masked: true,
    });
    return { ...scene, trapped: true };
  }
  return scene;
}

function afterSet(scene: Scene, values: readonly string[]): Scene {
  let { errexit, pipefail } = scene;
  values.forEach((value, index) => {
    const named = values[index - 1];
    const option = /^[-+]\w*o$/.test(named ?? "") ? value : undefined;
    const on = option === undefined ? value.startsWith("-") : named?.startsWith("-") === true;
    if (option === "errexit" || (option === undefined && /^[-+]\w*e/.test(value))) errexit = on;
    if (option === "pipefail") pipefail = on;
  });
  return { ...scene, errexit, pipefail };
}

const rewriting = /^(?:0|(?:SIG)?EXIT|ERR|DEBUG)$/i;

function rewrites(values: readonly string[]): boolean {
  const [action = "", ...signals] = values.filter((value) => value !== "--");
  return signals.some((signal) => rewriting.test(signal)) && /\bexit\s+0\b|\bexec\s+true\b/.test(action);
}
