import { latestEvidence } from "#journal/replay";
import type { ClaimResult } from "#model/run";
import type { StepUnit, UnderstoodBlock, UnderstoodOutcome } from "#model/understanding";
import { isService } from "./background.ts";
import type { LiveRun } from "./live-run.ts";
import { probeOutcome } from "./probes/registry.ts";
import type { ProbeScene, RecordedResult, ServiceState } from "./probes/probe.ts";

/** Carries out the claims made of a step's outcomes, in order; outcomes left as prose are not among them. */
export async function probeOutcomes(run: LiveRun, step: StepUnit): Promise<readonly ClaimResult[]> {
  return probeAll(run, step.outcomes, step.key);
}

/** Carries out the claims of several outcomes for one unit. */
export async function probeAll(
  run: LiveRun,
  outcomes: readonly UnderstoodOutcome[],
  unit: string | undefined,
): Promise<readonly ClaimResult[]> {
  const claimed = outcomes.filter((outcome) => outcome.claims.length > 0);
  if (claimed.length === 0) return [];
  const scene = sceneOf(run, unit);
  const results: ClaimResult[] = [];
  for (const outcome of claimed) results.push(await probeOutcome(outcome, scene));
  return results;
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
  const { path } = run.plan.plan;
  return {
    files: host.files,
    root,
    directories: [root, ...inner],
    results: recordedResults(run, unit),
    ownUnit: unit,
    machine: host.machine,
    git: () => host.git(root),
    services: servicesOf(run),
    ownFiles: [path, `${path}.receipt.ndjson`],
    readYaml: run.context.readYaml ?? (() => Promise.resolve(undefined)),
  };
}

/** Background blocks of steps that left processes in this run, and whether one of them lives. */
function servicesOf(run: LiveRun): readonly ServiceState[] {
  const { shell } = run.context.host;
  const { leftovers } = run.state();
  return run.plan.steps.flatMap((step) => {
    return step.blocks.filter(isService).flatMap(({ block, digest }) => {
      const own = leftovers.filter((process) => process.unit === step.key && process.block === digest);
      return own.length === 0 ? [] : [{ text: block.text, alive: own.some((process) => shell.isAlive(process)) }];
    });
  });
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
    const { vacuity } = block;
    const statements = (vacuity?.statements ?? []).map((each) => each.text);
    return [{ unit, evidence, text: block.block.text, recognised: vacuity?.recognised ?? [], statements }];
  });
}
