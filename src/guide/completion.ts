import { type Verdict, worstVerdict } from "#model/run";
import type { CommitRecord, PlanRecord, PlanStanding, UnderstoodPlan, UnitStanding } from "#model/understanding";
import { type CommitWork, commitWork } from "./commit-work.ts";

/** A part of a plan that keeps it from being verified. */
export interface OpenPart {
  readonly key: string;
  readonly title: string;
  readonly verdict: Verdict;
  readonly reason: string;
}

/** How far a plan is from its end: four things, none of which implies another. */
export interface Completion {
  /** Every step was run, or is no longer to be run. */
  readonly finished: boolean;
  /** Everything a machine can prove is proved; what only a person can judge is no part of it. */
  readonly verified: boolean;
  readonly commit?: CommitRecord;
  /** What only people can judge: how much is signed, and how much waits. */
  readonly accepted: { readonly signed: number; readonly waiting: number };
  /** What keeps it from being verified, worst first as far as verdicts go, the work of committing left out. */
  readonly open: readonly OpenPart[];
  readonly work: CommitWork;
}

const unrun: ReadonlySet<Verdict> = new Set(["pending", "handoff", "unknown"]);
const passed: ReadonlySet<Verdict> = new Set(["verified", "manual", "skipped"]);

/** How far a plan is: finished, verified, committed and accepted. */
export function completionOf(
  understood: UnderstoodPlan,
  standing: PlanStanding,
  record: PlanRecord | undefined,
): Completion {
  const work = commitWork(understood);
  const parts = partsOf(understood, standing);
  // Why: that a commit is made is for git to say, what it says is for people.
  const tasks = new Set(work.tasks.map(({ key }) => key));
  const asked = parts.filter(({ key }) => !work.keys.has(key));
  const steps = asked.filter(({ key }) => key.startsWith("step:"));
  const open = asked.filter(({ standing: { verdict } }) => !passed.has(verdict));
  const isProved = asked.some(({ standing: { verdict } }) => verdict === "verified");
  const nothing: OpenPart = {
    key: "plan",
    title: understood.id,
    verdict: "unverifiable",
    reason: "nothing of it was verified",
  };
  return {
    finished: steps.length > 0 && steps.every(({ standing: { verdict } }) => !unrun.has(verdict)),
    verified: isProved && open.length === 0,
    ...(record?.commit === undefined ? {} : { commit: record.commit }),
    accepted: {
      signed: parts.filter(({ standing: { record: own } }) => own?.signed !== undefined).length,
      waiting: parts.filter(({ key, standing: { verdict } }) => verdict === "manual" && !tasks.has(key)).length,
    },
    open: open.length === 0 && !isProved ? [nothing] : open.map(openPart),
    work,
  };
}

interface Part {
  readonly key: string;
  readonly title: string;
  readonly standing: UnitStanding;
}

function openPart({ key, title, standing: { verdict, reason } }: Part): OpenPart {
  return { key, title, verdict, reason };
}

function partsOf({ steps, phases, items }: UnderstoodPlan, standing: PlanStanding): readonly Part[] {
  const tasks = phases.flatMap((phase) => phase.tasks);
  const outcomes = [...steps.flatMap((step) => step.outcomes), ...items];
  return [
    ...steps.map(({ key, title }) => ({ key, title, standing: standing.steps.get(key) })),
    ...tasks.map(({ key, task }) => ({ key, title: task.name, standing: standing.tasks.get(key) })),
    ...outcomes.map(({ key, text }) => ({ key, title: text, standing: standing.items.get(key) })),
  ].flatMap(({ key, title, standing: found }) => (found === undefined ? [] : [{ key, title, standing: found }]));
}

/** The worst verdict among what keeps a plan from being verified. */
export function worstOpen({ open }: Completion): Verdict | undefined {
  return worstVerdict(open.map(({ verdict }) => verdict));
}
