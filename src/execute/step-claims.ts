import { latestEvidence } from "#journal/replay";
import type { ClaimResult } from "#model/run";
import type { StepUnit, UnderstoodBlock, UnderstoodOutcome } from "#model/understanding";
import type { LiveRun } from "./live-run.ts";
import { probeOutcome } from "./probes/registry.ts";
import type { ProbeScene, RecordedResult } from "./probes/probe.ts";

/** Carries out the claims made of a step's outcomes, in order; outcomes left as prose are not among them. */
export function probeOutcomes(run: LiveRun, step: StepUnit): readonly ClaimResult[] {
  return probeAll(run, step.outcomes, step.key);
}

/** Carries out the claims of several outcomes for one unit. */
export function probeAll(
  run: LiveRun,
  outcomes: readonly UnderstoodOutcome[],
  unit: string | undefined,
): readonly ClaimResult[] {
  const claimed = outcomes.filter((outcome) => outcome.claims.length > 0);
  if (claimed.length === 0) return [];
  const scene = sceneOf(run, unit);
  return claimed.map((outcome) => probeOutcome(outcome, scene));
}

/** What claims are carried out with: the files, and what the plan's own commands left. */
export function sceneOf(run: LiveRun, unit: string | undefined): ProbeScene {
  const { root, host } = run.context;
  const directory = run
    .state()
    .progress.get(unit ?? "")
    ?.ended.findLast((evidence) => evidence.directory !== undefined)?.directory;
  const inner =
    directory === undefined || directory === "." || directory.startsWith("/") ? [] : [`${root}/${directory}`];
  return { files: host.files, root, directories: [root, ...inner], results: recordedResults(run, unit), ownUnit: unit };
}

/** Recorded results, latest first, the unit's own before all others. */
function recordedResults(run: LiveRun, own: string | undefined): readonly RecordedResult[] {
  const known = new Map(run.plan.blocks.map((block) => [block.digest, block]));
  const keys = run.plan.steps.map((step) => step.key).reverse();
  const others = [...run.state().progress.keys()].filter((key) => !keys.includes(key));
  const ordered = [...(own === undefined ? [] : [own]), ...[...keys, ...others].filter((key) => key !== own)];
  return ordered.flatMap((unit) => resultsOf(run, unit, known));
}

function resultsOf(run: LiveRun, unit: string, known: ReadonlyMap<string, UnderstoodBlock>): readonly RecordedResult[] {
  const progress = run.state().progress.get(unit);
  const latest = progress === undefined ? [] : latestEvidence(progress);
  return latest.toReversed().flatMap((evidence) => {
    const block = known.get(evidence.block);
    if (block === undefined) return [];
    return [{ unit, evidence, text: block.block.text, recognised: block.vacuity?.recognised ?? [] }];
  });
}
