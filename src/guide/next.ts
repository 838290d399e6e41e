import type { Verdict } from "#model/run";
import type {
  PlanStanding,
  StepUnit,
  TaskUnit,
  UnderstoodOutcome,
  UnderstoodPlan,
  UnitStanding,
} from "#model/understanding";

/** The one thing to do now. */
export type NextUnit =
  | WorkUnit
  | {
      readonly kind: "signature";
      readonly title: string;
      readonly key: string;
      readonly standing: UnitStanding;
      readonly more: number;
    };

/** A step or a task that somebody can work on. */
export type WorkUnit =
  | { readonly kind: "step"; readonly step: StepUnit; readonly standing: UnitStanding }
  | { readonly kind: "task"; readonly task: TaskUnit; readonly standing: UnitStanding };

/** A unit that is not done, and what of the plan has to be done before it. */
export interface OpenUnit {
  readonly unit: WorkUnit;
  readonly key: string;
  /** Keys of open units that come first; empty: it can be worked on now. */
  readonly waitsFor: readonly string[];
}

/** Keys of units that are not to be handed out, though they are open. */
export interface Withheld {
  /** Somebody else works on them. */
  readonly taken: ReadonlySet<string>;
  /** Something keeps everybody from working on them. */
  readonly blocked: ReadonlySet<string>;
  /** What the one who asks took already comes first. */
  readonly own?: ReadonlySet<string>;
}

/** Nobody works on anything. */
export const nothingWithheld: Withheld = { taken: new Set(), blocked: new Set() };

/** Verdicts of a step that leave nothing to do in it now. */
const settled: ReadonlySet<Verdict> = new Set(["verified", "skipped", "manual"]);

/**
 * The first unit of a plan that is not done and can be worked on now: what was taken already, then steps and tasks without proof of
 * their own, then signatures. Undefined when all is done, or when everything that is open is withheld or waits for what is.
 */
export function nextUnit(
  understood: UnderstoodPlan,
  standing: PlanStanding,
  withheld: Withheld = nothingWithheld,
): NextUnit | undefined {
  const open = openUnits(understood, standing);
  if (open.length === 0) return nextSignature(understood, standing);
  const own = open.find(({ key }) => withheld.own?.has(key) === true && !withheld.blocked.has(key));
  if (own !== undefined) return own.unit;
  const free = open.filter(({ key }) => !withheld.taken.has(key) && !withheld.blocked.has(key));
  const ready = free.filter(({ waitsFor }) => waitsFor.length === 0);
  // Why: a run goes past what nothing can prove, so what is still to do comes before it.
  return (ready.find(({ unit }) => unit.standing.verdict !== "unverifiable") ?? ready[0])?.unit;
}

/** The key of a unit. */
export function keyOf(unit: NextUnit): string {
  if (unit.kind === "signature") return unit.key;
  return unit.kind === "step" ? unit.step.key : unit.task.key;
}

/**
 * Everything that is not done, in the order it is to be done. A unit waits for what is open in earlier phases, for what it `needs`, and,
 * unless it says what it needs, for all before it. When they all wait for each other, the first waits for nothing.
 */
export function openUnits(understood: UnderstoodPlan, standing: PlanStanding): readonly OpenUnit[] {
  const places = placesOf(understood).flatMap((place) => {
    const unit = openWork(place, standing);
    return unit === undefined ? [] : [{ ...place, unit }];
  });
  const names = stepsByName(understood);
  const holding = places.filter(({ unit }) => unit.standing.verdict !== "unverifiable");
  const open = places.map((place) => ({
    unit: place.unit,
    key: place.key,
    waitsFor: holding.filter((other) => other !== place && comesFirst(other, place, names)).map(({ key }) => key),
  }));
  const [first, ...rest] = open;
  if (first === undefined || open.some(({ waitsFor }) => waitsFor.length === 0)) return open;
  return [{ ...first, waitsFor: [] }, ...rest];
}

/** A step or task with its place in the order of work. */
type Place = { readonly key: string; readonly phase: number; readonly at: number } & (
  | { readonly step: StepUnit }
  | { readonly task: TaskUnit }
);

function placesOf({ steps, phases }: UnderstoodPlan): readonly Place[] {
  const order = new Map(phases.map((phase, index) => [phase.number, index]));
  let phase = -1;
  const placed: Place[] = steps.map((step, at) => {
    // Why: a step that names no phase goes on with the work before it.
    phase = order.get(step.ties[0]?.phase ?? "") ?? phase;
    return { step, key: step.key, phase, at };
  });
  const tasks = phases.flatMap(({ tasks: own }, index) =>
    own.map((task, at) => ({ task, key: task.key, phase: index, at: steps.length + at })),
  );
  return [...placed, ...tasks].sort((a, b) => a.phase - b.phase || a.at - b.at);
}

function openWork(place: Place, standing: PlanStanding): WorkUnit | undefined {
  if ("step" in place) {
    const found = standing.steps.get(place.key);
    return found === undefined || settled.has(found.verdict)
      ? undefined
      : { kind: "step", step: place.step, standing: found };
  }
  const found = standing.tasks.get(place.key);
  // Why: while a step of a task is open, that step is the work to do.
  const isOpen = found !== undefined && openTask.has(found.verdict) && !hasOpenStep(place.task, standing);
  return isOpen ? { kind: "task", task: place.task, standing: found } : undefined;
}

const openTask: ReadonlySet<Verdict> = new Set(["handoff", "pending", "failed", "stale"]);

function hasOpenStep(task: TaskUnit, standing: PlanStanding): boolean {
  return task.steps.some((key) => {
    const step = standing.steps.get(key);
    return step !== undefined && !settled.has(step.verdict);
  });
}

function comesFirst(other: Place, place: Place, names: ReadonlyMap<string, ReadonlySet<string>>): boolean {
  if (other.phase !== place.phase) return other.phase < place.phase;
  const needs = "step" in place ? place.step.needs : [];
  if (needs.length === 0) return other.at < place.at;
  return needs.some((name) => names.get(name)?.has(other.key) === true);
}

/** Keys of the steps that a `needs=` may name by key, number, id or task. */
function stepsByName({ steps }: UnderstoodPlan): ReadonlyMap<string, ReadonlySet<string>> {
  const names = new Map<string, Set<string>>();
  for (const step of steps) {
    const own = [step.key, step.key.replace(/^step:/u, ""), step.number, ...step.ties.flatMap((tie) => tie.task ?? [])];
    for (const name of own) names.set(name, (names.get(name) ?? new Set()).add(step.key));
  }
  return names;
}

function nextSignature(understood: UnderstoodPlan, standing: PlanStanding): NextUnit | undefined {
  const waiting = signatures(understood, standing);
  const first = waiting[0];
  return first === undefined ? undefined : { kind: "signature", ...first, more: waiting.length - 1 };
}

/** Everything that waits for a person's signature, in document order. */
export function signatures(
  understood: UnderstoodPlan,
  standing: PlanStanding,
): readonly { readonly key: string; readonly title: string; readonly standing: UnitStanding }[] {
  const outcomes: UnderstoodOutcome[] = [...understood.steps.flatMap((step) => step.outcomes), ...understood.items];
  const tasks = understood.phases.flatMap((phase) => phase.tasks);
  return [
    ...understood.steps.map((step) => ({
      key: step.key,
      title: `Step ${step.number}: ${step.title}`,
      standing: standing.steps.get(step.key),
    })),
    ...tasks.map((task) => ({
      key: task.key,
      title: `${task.id}: ${task.task.name}`,
      standing: standing.tasks.get(task.key),
    })),
    ...outcomes.map((item) => ({ key: item.key, title: item.text, standing: standing.items.get(item.key) })),
    ...droppedUnits(standing),
  ].flatMap(({ key, title, standing: found }) =>
    found?.verdict === "manual" ? [{ key, title, standing: found }] : [],
  );
}

/** Steps and tasks that were not done and that the plan no longer has. */
export function droppedUnits({
  items,
  dropped = [],
}: PlanStanding): readonly { readonly key: string; readonly title: string; readonly standing: UnitStanding }[] {
  return dropped.flatMap((key) => {
    const standing = items.get(key);
    return standing === undefined ? [] : [{ key, title: `${key}, which is no longer in the plan`, standing }];
  });
}
