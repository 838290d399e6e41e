import { readyProblem } from "./readiness.ts";
import { IplanError } from "#model/errors";
import type { StepUnit, TaskUnit, UnderstoodBlock, UnderstoodPlan } from "#model/understanding";
import { everyCommand } from "#plan/shell/every-command";

/** One reason not to start. */
export interface Obstacle {
  readonly code: "run/template" | "run/placeholders" | "run/syntax" | "host/unsupported";
  readonly message: string;
}

/** Everything in these blocks that forbids starting, in the order of the plan. */
export function findObstacles(plan: UnderstoodPlan, units: readonly (StepUnit | TaskUnit)[]): readonly Obstacle[] {
  if (plan.plan.template) {
    return [{ code: "run/template", message: `${plan.plan.path} is a template` }];
  }
  const found: Obstacle[] = [];
  for (const unit of units) {
    const where = "number" in unit ? `step ${unit.number}` : unit.id;
    for (const block of unit.blocks) {
      for (const check of checks) found.push(...check(block, where));
    }
  }
  return found;
}

/** Throws IplanError for the first obstacle, naming all of its kind. */
export function refuseObstacles(obstacles: readonly Obstacle[], path: string): void {
  const first = obstacles[0];
  if (first === undefined) return;
  const same = obstacles.filter((each) => each.code === first.code).map((each) => each.message);
  throw new IplanError(first.code, same.join("\n"), cures[first.code].replace("PATH", path));
}

const cures: Readonly<Record<Obstacle["code"], string>> = {
  "run/template": "Make a plan of your own from it: iplan new iplan --title TITLE",
  "run/placeholders": "Fill them in; `iplan check PATH` lists every place.",
  "run/syntax": "Correct the block; `iplan check PATH` shows the place.",
  "host/unsupported":
    "Wait for a port, a page, a file, a text of the output or a while: ready=port:8080, ready=path:PATH, ready=output:TEXT.",
};

type BlockCheck = (block: UnderstoodBlock, where: string) => readonly Obstacle[];

const checks: readonly BlockCheck[] = [placeholders, unclosed, syntaxErrors, openHeredocs, background];

function placeholders(block: UnderstoodBlock, where: string): readonly Obstacle[] {
  return block.placeholders.map(({ text, range }) => ({
    code: "run/placeholders",
    message: `${where}, line ${range.start.line}: ${text} is a placeholder`,
  }));
}

function unclosed(block: UnderstoodBlock, where: string): readonly Obstacle[] {
  if (block.block.closed) return [];
  const line = block.block.range.start.line;
  return [{ code: "run/syntax", message: `${where}, line ${line}: the fence is never closed` }];
}

function syntaxErrors(block: UnderstoodBlock, where: string): readonly Obstacle[] {
  const { syntax } = block;
  if (syntax === undefined) return [];
  const found = syntax.errors.map((error) => at(block, error.start, where, error.message));
  return syntax.incomplete
    ? [...found, at(block, 0, where, "the block is too long or too deep to be understood")]
    : found;
}

function openHeredocs(block: UnderstoodBlock, where: string): readonly Obstacle[] {
  const found: Obstacle[] = [];
  if (block.syntax === undefined) return found;
  everyCommand(block.syntax, ({ redirects }) => {
    for (const { start, heredoc } of redirects) {
      if (heredoc?.terminated !== false) continue;
      found.push(at(block, start, where, `the here-document ${heredoc.delimiter} never ends`));
    }
  });
  return found;
}

function background(block: UnderstoodBlock, where: string): readonly Obstacle[] {
  const { ready } = block.settings;
  const problem = ready === undefined ? undefined : readyProblem(ready);
  return problem === undefined ? [] : [{ code: "host/unsupported", message: `${where}: ${problem}` }];
}

function at(block: UnderstoodBlock, offset: number, where: string, message: string): Obstacle {
  const { line } = block.block.rangeOf(offset, offset).start;
  return { code: "run/syntax", message: `${where}, line ${line}: ${message}` };
}
