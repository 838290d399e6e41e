import type { CheckKind } from "../vacuity/recognised-checks.ts";
import type { ClaimScene, PlannedRun } from "./claim-scene.ts";

/** The statement of a plan that a sentence quotes; undefined when the plan runs no such thing. */
export function quotedRun(written: string, { runs, plan }: ClaimScene): PlannedRun | undefined {
  const wanted = normalCommand(written);
  const isMeant = ({ text, alone }: PlannedRun): boolean => alone && normalCommand(text) === wanted;
  return runs.find(isMeant) ?? plan.runs.find(isMeant);
}

/** The one statement of a kind of check; undefined when there is none, or more than one. */
export function onlyRun(kind: CheckKind, word: string | undefined, { runs, plan }: ClaimScene): PlannedRun | undefined {
  for (const all of [runs, plan.runs]) {
    const found = new Map(
      all.filter((run) => run.check === kind && isAbout(run, word)).map((run) => [normalCommand(run.text), run]),
    );
    if (found.size === 1) return [...found.values()][0];
    if (found.size > 1) return undefined;
  }
  return undefined;
}

/** True when a command names a kind of tests by itself or in an argument: `pytest tests/unit`, `npm run test:e2e`. */
function isAbout({ program, values }: PlannedRun, word: string | undefined): boolean {
  if (word === undefined) return true;
  const wanted = word.toLowerCase();
  if (wanted === "bdd" && /^(?:behave|cucumber(?:-js)?)$/.test(program)) return true;
  const named = [
    ...values
      .join(" ")
      .toLowerCase()
      .matchAll(/[a-z0-9]+/g),
  ].map(([each]) => each);
  return named.includes(wanted);
}

/** A command with single blanks, as commands are compared. */
export function normalCommand(text: string): string {
  return text.trim().replace(/\s+/g, " ");
}
