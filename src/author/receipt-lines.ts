import type { Actor, ReceiptLine } from "#model/run";
import type { PlanRecord, PlanStanding, UnderstoodPlan, UnitRecord, UnitStanding } from "#model/understanding";

/** Who writes the receipt, and at which commit. */
export interface ReceiptFacts {
  readonly actor: Actor;
  readonly commit?: string;
}

interface Unit {
  readonly kind: ReceiptLine["kind"];
  readonly key: string;
  readonly title: string;
  readonly subject: string;
  /** Steps the verdict was made of, for units that are proved by others. */
  readonly steps: readonly string[];
  readonly standing: UnitStanding | undefined;
}

/**
 * The lines a receipt should hold now. A line that still says the same stays as it is, with its actor, time and commit;
 * signatures stay for ever; lines of units that the plan no longer has are left out.
 */
export function receiptLines(
  understood: UnderstoodPlan,
  standing: PlanStanding,
  record: PlanRecord,
  before: readonly ReceiptLine[],
  facts: ReceiptFacts,
): readonly ReceiptLine[] {
  const known = new Map(before.map((line) => [`${line.kind} ${line.unit}`, line]));
  const fresh = units(understood, standing).flatMap((unit) => {
    const line = lineOf(unit, record, facts);
    const former = known.get(`${unit.kind} ${unit.key}`);
    if (line === undefined) return [];
    return [former !== undefined && saysTheSame(former, line) ? former : withTime(line, record, former)];
  });
  const signatures = before.filter((line) => line.kind === "signature");
  return [...fresh, ...commitLines(record), ...signatures, ...newSignatures(understood, standing, record, known)];
}

/** Why: another machine may have worked on it too, and nobody works on anything for less time than before. */
function withTime(line: ReceiptLine, { active }: PlanRecord, former: ReceiptLine | undefined): ReceiptLine {
  if (line.kind !== "step" && line.kind !== "task") return line;
  const activeMs = Math.max(active?.get(line.unit) ?? 0, former?.activeMs ?? 0);
  return activeMs === 0 ? line : { ...line, activeMs };
}

/** The commit that holds the plan's files, by the record of whoever made or found it. */
function commitLines({ commit: made }: PlanRecord): readonly ReceiptLine[] {
  if (made === undefined) return [];
  const { commit, at, actor, subject, title, override, reason, journal } = made;
  return [
    {
      v: 1,
      kind: "commit",
      unit: "commit",
      title: title ?? "",
      subject,
      verdict: "verified",
      ...(reason === undefined ? {} : { reason }),
      evidence: [],
      commit,
      actor,
      at,
      journal: journal ?? "",
      ...(override ? { override } : {}),
    },
  ];
}

/** Why: what failed and was taken out of the plan is told to other machines too, until a person signs for it. */
function droppedOf({ items, dropped = [] }: PlanStanding): readonly Unit[] {
  return dropped.flatMap((key): readonly Unit[] => {
    const record = items.get(key)?.record;
    if (record === undefined) return [];
    const standing = { verdict: record.verdict, reason: record.reason, record };
    const kind = key.startsWith("step:") ? "step" : key.startsWith("task:") ? "task" : "item";
    return [{ kind, key, title: key, subject: record.subject, steps: [], standing }];
  });
}

function units(understood: UnderstoodPlan, standing: PlanStanding): readonly Unit[] {
  const { steps, phases, items, targets } = understood;
  const claims = phases.flatMap(({ tasks }) => tasks.flatMap(({ verify }) => verify));
  const outcomes = [...steps.flatMap((step) => step.outcomes), ...claims, ...items, ...targets];
  return [
    {
      kind: "plan",
      key: "plan",
      title: understood.plan.name ?? understood.id,
      subject: understood.planHash,
      steps: understood.steps.map((step) => step.key),
      standing: { verdict: standing.verdict, reason: "" },
    },
    ...droppedOf(standing),
    ...understood.phases.map(
      (phase): Unit => ({
        kind: "phase",
        key: phase.key,
        title: phase.phase.name,
        subject: understood.planHash,
        steps: phase.steps,
        standing: standing.phases.get(phase.key),
      }),
    ),
    ...understood.phases.flatMap((phase) =>
      phase.tasks.map(
        (task): Unit => ({
          kind: "task",
          key: task.key,
          title: task.task.name,
          subject: task.subject,
          steps: task.steps,
          standing: standing.tasks.get(task.key),
        }),
      ),
    ),
    ...understood.steps.map(
      (step): Unit => ({
        kind: "step",
        key: step.key,
        title: step.title,
        subject: step.subject,
        steps: [],
        standing: standing.steps.get(step.key),
      }),
    ),
    ...outcomes.map(
      (item): Unit => ({
        kind: "item",
        key: item.key,
        title: item.text,
        subject: item.digest,
        steps: [],
        standing: standing.items.get(item.key),
      }),
    ),
  ];
}

/** A step's line repeats its record, so that readers can see it go stale; other lines say what was computed. */
function lineOf(unit: Unit, record: PlanRecord, facts: ReceiptFacts): ReceiptLine | undefined {
  const own = unit.standing?.record ?? record.units.get(unit.key);
  if (unit.kind === "step")
    return own === undefined || own.verdict === "pending" ? undefined : recordLine(unit, own, facts);
  const parts = unit.steps.flatMap((key) => record.units.get(key) ?? []);
  // Why: what an older receipt said of a whole is no source; only its parts are, or a record of its own.
  const isComputed = (unit.kind === "plan" || unit.kind === "phase") && own?.signed === undefined;
  const latest = latestOf([...(own === undefined || isComputed ? [] : [own]), ...parts]);
  if (unit.standing === undefined || latest === undefined || unit.standing.verdict === "pending") return undefined;
  const { verdict, reason } = unit.standing;
  return {
    ...base(unit, facts),
    verdict,
    ...(reason === "" ? {} : { reason }),
    evidence: [...new Set([...(own?.evidence ?? []), ...parts.flatMap((part) => part.evidence)])].sort(),
    at: latest.at,
    journal: latest.journal ?? "",
    ...(unit.standing.record?.committed === true ? { committed: true } : {}),
  };
}

function recordLine(unit: Unit, own: UnitRecord, facts: ReceiptFacts): ReceiptLine {
  return {
    ...base(unit, facts),
    subject: own.subject,
    verdict: own.verdict,
    reason: own.reason,
    evidence: own.evidence,
    at: own.at,
    journal: own.journal ?? "",
    ...(own.directory === undefined ? {} : { directory: own.directory }),
    ...(own.exported === undefined ? {} : { exported: own.exported }),
    ...(own.committed === undefined ? {} : { committed: own.committed }),
  };
}

function base(
  unit: Unit,
  facts: ReceiptFacts,
): Pick<ReceiptLine, "v" | "kind" | "unit" | "title" | "subject" | "actor" | "commit"> {
  return {
    v: 1,
    kind: unit.kind,
    unit: unit.key,
    title: unit.title,
    subject: unit.subject,
    actor: facts.actor,
    ...(facts.commit === undefined ? {} : { commit: facts.commit }),
  };
}

function latestOf(records: readonly UnitRecord[]): UnitRecord | undefined {
  return records.reduce<UnitRecord | undefined>(
    (latest, entry) => (latest === undefined || entry.at > latest.at ? entry : latest),
    undefined,
  );
}

function saysTheSame(former: ReceiptLine, line: ReceiptLine): boolean {
  const keys = ["subject", "verdict", "reason", "journal", "title", "directory"] as const;
  return keys.every((key) => former[key] === line[key]) && former.evidence.join() === line.evidence.join();
}

function newSignatures(
  understood: UnderstoodPlan,
  standing: PlanStanding,
  record: PlanRecord,
  known: ReadonlyMap<string, ReceiptLine>,
): readonly ReceiptLine[] {
  return units(understood, standing).flatMap((unit) => {
    const signed = record.units.get(unit.key);
    if (signed?.signed === undefined || known.get(`signature ${unit.key}`)?.at === signed.at) return [];
    const line: ReceiptLine = {
      ...base(unit, { actor: { kind: signed.signed.kind ?? "person", name: signed.signed.actor } }),
      kind: "signature",
      subject: signed.subject,
      verdict: signed.verdict,
      reason: signed.signed.reason,
      evidence: signed.evidence,
      at: signed.at,
      journal: signed.journal ?? "",
      ...(signed.signed.override ? { override: true } : {}),
    };
    return [line];
  });
}
