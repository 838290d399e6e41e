import type { Measured } from "#model/figures";
import { type Verdict, worstVerdict } from "#model/run";
import type {
  PhaseUnit,
  PlanRecord,
  PlanStanding,
  StepUnit,
  TaskUnit,
  UnderstoodOutcome,
  UnderstoodPlan,
  UnitRecord,
  UnitStanding,
} from "#model/understanding";

/** `sha256:<hex>` of a declared file as it is now; undefined when it is missing. */
export type FileDigest = (path: string) => string | undefined;

/** What reports make of items and targets now, by key. */
export type MeasuredNow = ReadonlyMap<string, Measured>;

/**
 * Where every part of a plan stands. A verdict counts only for the text it was given for; with `digest` also only for the declared
 * files as they were then; with `measured`, items and targets are judged by what reports say now, too. Of a whole the worst part wins.
 */
export function standingOf(
  understood: UnderstoodPlan,
  record: PlanRecord | undefined,
  digest?: FileDigest,
  measured?: MeasuredNow,
): PlanStanding {
  return new Standings(understood, record, digest, measured).all();
}

class Standings {
  readonly #understood: UnderstoodPlan;
  readonly #record: PlanRecord | undefined;
  readonly #digest: FileDigest | undefined;
  readonly #measured: MeasuredNow | undefined;
  /** Records of units whose key the document no longer has, by what they rested on. */
  readonly #moved: ReadonlyMap<string, UnitRecord>;
  readonly #steps = new Map<string, UnitStanding>();
  readonly #tasks = new Map<string, UnitStanding>();
  readonly #items = new Map<string, UnitStanding>();

  constructor(
    understood: UnderstoodPlan,
    record: PlanRecord | undefined,
    digest: FileDigest | undefined,
    measured: MeasuredNow | undefined,
  ) {
    this.#understood = understood;
    this.#record = record;
    this.#digest = digest;
    this.#measured = measured;
    this.#moved = movedRecords(understood, record);
  }

  all(): PlanStanding {
    const { steps, phases, items, targets } = this.#understood;
    for (const step of steps) this.#steps.set(step.key, this.#step(step));
    for (const item of [...steps.flatMap((step) => step.outcomes), ...items])
      this.#items.set(item.key, this.#item(item));
    // Why: a target is no promise of its own; it counts where a report decided it.
    for (const target of targets) {
      const isTold =
        this.#measured?.has(target.key) === true ||
        this.#recordOf(target.key, target.digest)?.subject === target.digest;
      if (isTold) this.#items.set(target.key, this.#item(target));
    }
    for (const task of phases.flatMap((phase) => phase.tasks)) this.#tasks.set(task.key, this.#task(task));
    const dropped = this.#dropped();
    for (const [key, standing] of dropped) this.#items.set(key, standing);
    const parts = [...this.#steps.values(), ...this.#tasks.values(), ...this.#items.values()];
    return {
      verdict: planVerdict(parts, [...this.#steps.values()]),
      steps: this.#steps,
      tasks: this.#tasks,
      phases: new Map(phases.map((phase) => [phase.key, this.#phase(phase)])),
      items: this.#items,
      counts: countsOf(parts),
      ...(dropped.length === 0 ? {} : { dropped: dropped.map(([key]) => key) }),
    };
  }

  /** Why: what failed is not done by being taken out; that it is not needed is for a person to say. */
  #dropped(): readonly (readonly [string, UnitStanding])[] {
    const { steps, phases, items } = this.#understood;
    const keys = new Set([...steps, ...phases.flatMap((phase) => phase.tasks), ...items].map(({ key }) => key));
    const subjects = new Set([...steps.map(({ subject }) => subject), ...items.map(({ digest }) => digest)]);
    return [...(this.#record?.units ?? [])].flatMap(([key, record]) => {
      if (!droppable.test(key) || keys.has(key) || subjects.has(record.subject)) return [];
      const standing = droppedStanding(record);
      return standing === undefined ? [] : [[key, standing] as const];
    });
  }

  #step(step: StepUnit): UnitStanding {
    const record = this.#recordOf(step.key, step.subject);
    if (this.#record?.open === step.key && record?.signed === undefined) {
      return { verdict: "unknown", reason: "it was started and has no recorded end", ...(record && { record }) };
    }
    if (record === undefined) {
      return step.handoff === undefined
        ? { verdict: "pending", reason: "not run" }
        : { verdict: "handoff", reason: step.handoff };
    }
    return this.#judged(record, step.subject);
  }

  /** A record's verdict, as far as it still speaks of this text and these files. */
  #judged(record: UnitRecord, subject: string): UnitStanding {
    if (record.subject !== subject) {
      if (record.verdict === "verified")
        return { verdict: "stale", reason: "its text changed since it was verified", record };
      return { verdict: "pending", reason: `its text changed since it was ${record.verdict}`, record };
    }
    const changed = record.verdict === "verified" ? this.#changedFile(record) : undefined;
    if (changed !== undefined) return { verdict: "stale", reason: `${changed} changed since it was verified`, record };
    return { verdict: record.verdict, reason: record.reason, record };
  }

  #changedFile(record: UnitRecord): string | undefined {
    const digest = this.#digest;
    if (digest === undefined || record.files === undefined || record.signed !== undefined) return undefined;
    return Object.entries(record.files).find(([path, before]) => digest(path) !== before)?.[0];
  }

  #recordOf(key: string, subject: string): UnitRecord | undefined {
    const own = this.#record?.units.get(key);
    if (own?.subject === subject) return own;
    // Why: what was proved of a step that stands under another key now says nothing of the one that was put in its place.
    return this.#moved.get(subject) ?? (this.#standsElsewhere(key, own) ? undefined : own);
  }

  #standsElsewhere(key: string, record: UnitRecord | undefined): boolean {
    if (record === undefined || record.subject === "") return false;
    return this.#understood.steps.some((step) => step.key !== key && step.subject === record.subject);
  }

  #item(item: UnderstoodOutcome): UnitStanding {
    const standing = this.#recordedItem(item);
    const measured = this.#measured?.get(item.key);
    return measured === undefined ? standing : withMeasured(item, standing, measured);
  }

  #recordedItem(item: UnderstoodOutcome): UnitStanding {
    const record = this.#recordOf(item.key, item.digest);
    if (record?.subject === item.digest) return { verdict: record.verdict, reason: record.reason, record };
    if (item.claims.length === 0) return { verdict: "manual", reason: "it needs a person's judgement" };
    return { verdict: "pending", reason: "not looked at yet" };
  }

  #task(task: TaskUnit): UnitStanding {
    const own = this.#recordOf(task.key, task.subject);
    if ((own?.signed !== undefined || own?.committed === true) && own.subject === task.subject)
      return { verdict: own.verdict, reason: own.reason, record: own };
    const steps = task.steps.flatMap((key) => this.#steps.get(key) ?? []);
    const claimed = task.verify
      .filter((outcome) => outcome.claims.length > 0)
      .map((outcome) => this.#verifyClaim(outcome));
    const blocks = task.blocks.length === 0 ? [] : [own === undefined ? pendingTask : this.#judged(own, task.subject)];
    const worst = worstOf([
      ...steps,
      ...blocks,
      ...claimed.filter((claim) => claim.verdict !== "pending" || steps.length + blocks.length === 0),
    ]);
    if (worst !== undefined) return worst;
    return {
      verdict: "manual",
      reason: "no step is tied to it by its id, title or file; a tie to its phase proves only the phase",
    };
  }

  #verifyClaim(outcome: UnderstoodOutcome): UnitStanding {
    const standing = this.#item(outcome);
    this.#items.set(outcome.key, standing);
    return standing;
  }

  #phase(phase: PhaseUnit): UnitStanding {
    const steps = phase.steps.flatMap((key) => this.#steps.get(key) ?? []);
    const tasks = phase.tasks.flatMap((task) => {
      const isProved = task.steps.length + task.blocks.length > 0;
      const found = this.#tasks.get(task.key);
      return found !== undefined && (isProved || found.verdict !== "manual" || steps.length === 0) ? [found] : [];
    });
    return worstOf([...steps, ...tasks]) ?? { verdict: "manual", reason: "nothing in it can be run" };
  }
}

/**
 * Reports decide what was not decided before; where both speak the worse one holds. A signature stands unless a report disproves it,
 * an override always.
 */
function withMeasured(item: UnderstoodOutcome, standing: UnitStanding, measured: Measured): UnitStanding {
  const { verdict, reason } = measured;
  const signed = standing.record?.signed;
  if (signed !== undefined && (signed.override || verdict !== "failed")) return standing;
  const isOpen = standing.verdict === "manual" || standing.verdict === "pending";
  // Why: what was recorded without a claim came from a report as it was then.
  const isSuperseded = item.claims.length === 0 && signed === undefined;
  const worst = worstVerdict([verdict, standing.verdict]);
  return isOpen || isSuperseded || worst !== standing.verdict ? { verdict, reason } : standing;
}

/** Verdicts that taking a unit out does not settle. */
const unfinished: ReadonlySet<Verdict> = new Set(["failed", "suspect", "unknown"]);

/** Keys of what a plan loses when it is taken out; outcomes go with their steps. */
const droppable = /^(?:step|task|deliverable|check|criterion):/u;

function droppedStanding(record: UnitRecord): UnitStanding | undefined {
  if (record.signed !== undefined) return { verdict: "verified", reason: record.reason, record };
  if (!unfinished.has(record.verdict)) return undefined;
  const reason = `it was ${record.verdict} and is no longer in the plan; a person has to say that it is not needed`;
  return { verdict: "manual", reason, record };
}

const pendingTask: UnitStanding = { verdict: "pending", reason: "its verification was not asked yet" };

/** Why: steps are renumbered while plans are edited; what was proved follows the text it was proved for. */
function movedRecords(understood: UnderstoodPlan, record: PlanRecord | undefined): ReadonlyMap<string, UnitRecord> {
  const subjects = new Map(understood.steps.map((step) => [step.key, step.subject]));
  const moved = new Map<string, UnitRecord>();
  for (const [key, unit] of record?.units ?? []) {
    if (key.startsWith("step:") && unit.subject !== "" && subjects.get(key) !== unit.subject)
      moved.set(unit.subject, unit);
  }
  return moved;
}

function worstOf(standings: readonly UnitStanding[]): UnitStanding | undefined {
  const verdict = worstVerdict(standings.map((standing) => standing.verdict));
  return standings.find((standing) => standing.verdict === verdict);
}

/** What waits for judgement lowers the plan only once nothing is pending. */
function planVerdict(parts: readonly UnitStanding[], steps: readonly UnitStanding[]): Verdict {
  const verdicts = parts.map((part) => part.verdict);
  const isPending = steps.some((step) => step.verdict === "pending");
  return worstVerdict(isPending ? verdicts.filter((verdict) => verdict !== "manual") : verdicts) ?? "pending";
}

function countsOf(parts: readonly UnitStanding[]): Readonly<Partial<Record<Verdict, number>>> {
  const counts: Partial<Record<Verdict, number>> = {};
  for (const part of parts) counts[part.verdict] = (counts[part.verdict] ?? 0) + 1;
  return counts;
}
