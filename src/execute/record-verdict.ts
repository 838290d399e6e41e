import { hasPassed, latestEvidence } from "#journal/replay";
import type { Measured } from "#model/figures";
import { type ClaimResult, type Evidence, type JournalEventBody, type Verdict, worstVerdict } from "#model/run";
import type { StepUnit, TaskUnit, UnderstoodOutcome } from "#model/understanding";
import type { Judgement } from "./judge.ts";
import type { LiveRun } from "./live-run.ts";
import { recordOf } from "./run-record.ts";
import type { VerdictEvent } from "./run-options.ts";
import { sceneOf } from "./step-claims.ts";
import { probeOutcome } from "./probes/registry.ts";

/** Records the verdict of a step, and before it those of its outcomes that became claims. */
export async function recordStep(run: LiveRun, step: StepUnit, judgement: Judgement): Promise<Judgement> {
  const ended = endedOf(run, step.key);
  const claims = ended.every(hasPassed)
    ? await recordOutcomes(run, step.outcomes, step.key)
    : await askAgain(run, step.outcomes, step.key);
  const last = ended.findLast((evidence) => evidence.role === "action" && evidence.directory !== undefined);
  const former = run.unit(step.key);
  // Why: where a step was done elsewhere, only the receipt knows where its verification starts, and its next line must still say so.
  const told = run.options.receipt?.units.get(step.key);
  const directory = last?.directory ?? former?.directory ?? told?.directory;
  const exported = last?.exported ?? former?.exported ?? told?.exported;
  await give(run, {
    type: "verdict",
    unit: step.key,
    kind: "step",
    ...judgement,
    subject: step.subject,
    evidence: digestsOf(ended),
    ...(claims.length === 0 ? {} : { claims }),
    files: fileDigests(run, step.files),
    ...(directory === undefined ? {} : { directory }),
    ...(exported === undefined ? {} : { exported }),
  });
  return judgement;
}

/** Records the verdict of a task's own verification. */
export async function recordTask(run: LiveRun, task: TaskUnit, judgement: Judgement): Promise<Judgement> {
  const ended = endedOf(run, task.key);
  const { key: unit, subject } = task;
  await give(run, { type: "verdict", unit, kind: "task", ...judgement, subject, evidence: digestsOf(ended) });
  return judgement;
}

/** Why: a step that failed says nothing new about its outcomes, but one that was verified before may hold no longer. */
async function askAgain(
  run: LiveRun,
  outcomes: readonly UnderstoodOutcome[],
  unit: string,
): Promise<readonly ClaimResult[]> {
  await recordOutcomes(
    run,
    outcomes.filter(({ key }) => run.unit(key)?.verdict === "verified" && run.unit(key)?.signed === undefined),
    unit,
  );
  return [];
}

function endedOf(run: LiveRun, unit: string): readonly Evidence[] {
  const progress = run.state().progress.get(unit);
  return progress === undefined ? [] : latestEvidence(progress);
}

/**
 * Carries out the claims of outcomes and items and records what changed; gives the results. `measured` is what reports make of some of
 * them, by key.
 */
export async function recordOutcomes(
  run: LiveRun,
  outcomes: readonly UnderstoodOutcome[],
  unit: string | undefined,
  measured: ReadonlyMap<string, Measured> = new Map(),
): Promise<readonly ClaimResult[]> {
  const decidable = outcomes.filter((outcome) => outcome.claims.length > 0 || measured.has(outcome.key));
  if (decidable.length === 0) return [];
  const scene = sceneOf(run, unit);
  const results: ClaimResult[] = [];
  for (const outcome of decidable) {
    const claimed = outcome.claims.length === 0 ? undefined : await probeOutcome(outcome, scene);
    const seen = together(outcome, claimed, measured.get(outcome.key));
    results.push(seen.result);
    await recordItem(run, outcome, seen);
  }
  return results;
}

/** What reports make of items and targets now; nothing where nobody can measure. */
export async function measuredNow(run: LiveRun): Promise<ReadonlyMap<string, Measured>> {
  return (await run.context.measure?.()) ?? new Map<string, Measured>();
}

interface Seen {
  readonly result: ClaimResult;
  readonly verdict: Verdict;
}

/** A claim that decides nothing leaves it to the reports; where both decide the worse one holds. */
function together(item: UnderstoodOutcome, claimed: ClaimResult | undefined, measured: Measured | undefined): Seen {
  const told = measured && { verdict: measured.verdict, result: resultOf(item, measured) };
  if (claimed === undefined)
    return told ?? { verdict: "manual", result: { text: item.text, holds: false, observed: "" } };
  const own: Seen = {
    result: claimed,
    verdict: claimed.holds ? "verified" : claimed.undecided === true ? "manual" : "failed",
  };
  if (told === undefined) return own;
  return own.verdict === "manual" || worstVerdict([own.verdict, told.verdict]) !== own.verdict ? told : own;
}

function resultOf(item: UnderstoodOutcome, { verdict, reason }: Measured): ClaimResult {
  const holds = verdict === "verified";
  return {
    text: item.text,
    holds,
    ...(holds || verdict === "failed" ? {} : { undecided: true }),
    observed: reason,
  };
}

async function recordItem(run: LiveRun, item: UnderstoodOutcome, { result, verdict }: Seen): Promise<void> {
  const former = run.unit(item.key);
  // Why: a signature stands beside what a claim could not decide, and an unchanged verdict needs no second line.
  if (
    former?.subject === item.digest &&
    (former.verdict === verdict ||
      former.signed?.override === true ||
      (former.signed !== undefined && verdict !== "failed"))
  ) {
    return;
  }
  const { key: unit, digest: subject } = item;
  const reason = result.observed;
  await give(run, { type: "verdict", unit, kind: "item", verdict, reason, subject, evidence: [], claims: [result] });
}

/** Digests of those declared files that are there. */
export function fileDigests(run: LiveRun, names: readonly string[]): Readonly<Record<string, string>> {
  const digests = names.map((name) => [name, fileDigest(run, name)] as const);
  return Object.fromEntries(digests.flatMap(([name, digest]) => (digest === undefined ? [] : [[name, digest]])));
}

/** Digest of a declared file as it is now; undefined when there is no such file. */
export function fileDigest(run: LiveRun, name: string): string | undefined {
  const { host, root } = run.context;
  // Why: what lies outside the workspace is nothing a reader may open to compare.
  if (name.startsWith("/") || name.split("/").includes("..")) return undefined;
  const path = `${root}/${name}`;
  return host.files.stat(path)?.kind === "file" ? host.files.digest(path) : undefined;
}

function digestsOf(ended: readonly Evidence[]): readonly string[] {
  return [...new Set(ended.flatMap((evidence) => evidence.output?.digest ?? []))];
}

async function give(run: LiveRun, body: Extract<JournalEventBody, { type: "verdict" }>): Promise<void> {
  const event = run.record(body) as VerdictEvent;
  await run.context.onVerdict?.(
    event,
    () => run.sync(),
    () => recordOf(run),
  );
}
