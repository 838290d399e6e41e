import { hasPassed } from "#journal/replay";
import type { ProbeScene, RecordedResult } from "./probe.ts";

/** How a command of the plan ended. */
export interface RecordedCommand {
  /** Its exit status; `failure` where only that is known. */
  readonly status: number | "failure";
  /** Absent where it was not measured alone. */
  readonly durationMs?: number;
}

/** Text that changes what a later failure does to a block. */
const disturbing = /(?:^|[\s;&|(])(?:set \+|trap|exit|exec|return|eval|source|\.)(?=\s|$|e\b)/m;

/** The last recorded end of exactly this command, the unit's own before others'; undefined when none was recorded. */
export function recordedCommand(command: string, scene: ProbeScene): RecordedCommand | undefined {
  const wanted = normal(command);
  const own = scene.results.filter((each) => each.unit === scene.ownUnit);
  const others = scene.results.filter((each) => each.unit !== scene.ownUnit);
  for (const result of [...own, ...others]) {
    const found = statementOf(result, wanted) ?? actionOf(result, wanted);
    if (found !== undefined) return found;
  }
  return undefined;
}

function statementOf({ evidence }: RecordedResult, wanted: string): RecordedCommand | undefined {
  for (const { text, exit, durationMs } of evidence.commands ?? []) {
    const { status } = exit;
    if (status === undefined) continue;
    if (normal(text) === wanted) return { status, durationMs };
    // Why: of a negated command only this is known: it passed because what it runs failed.
    if (normal(text) === `! ${wanted}` && status === 0) return { status: "failure", durationMs };
  }
  return undefined;
}

function actionOf({ evidence, text, statements }: RecordedResult, wanted: string): RecordedCommand | undefined {
  const status = evidence.exit?.status;
  if (evidence.role !== "action" || status === undefined) return undefined;
  if (normal(text) === wanted) return { status, durationMs: evidence.durationMs };
  // Why: an action stops at the first failure; one that passed ran each of its top-level commands to a status of 0.
  const passed = hasPassed(evidence) && !disturbing.test(text);
  return passed && statements.some((each) => normal(each) === wanted) ? { status: 0 } : undefined;
}

function normal(text: string): string {
  return text.trim().replace(/\s+/g, " ");
}
