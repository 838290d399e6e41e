import type { CriterionPart, CriterionRow, Figures, Measured } from "#model/figures";
import type { PlanStanding, UnderstoodOutcome, UnderstoodPlan, UnitStanding } from "#model/understanding";

/** What rows are made with: where the plan stands, and what was measured now, where anything was. */
export interface CriteriaScene {
  readonly understood: UnderstoodPlan;
  readonly standing: PlanStanding;
  readonly measured?: ReadonlyMap<string, Measured> | undefined;
  readonly figures?: Figures | undefined;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

interface Listed {
  readonly item: UnderstoodOutcome;
  readonly part: CriterionPart;
  readonly group: string | undefined;
}

/** Every success criterion, deliverable and target of a plan as a row, in the order of the document. */
export function criteriaRows(scene: CriteriaScene): readonly CriterionRow[] {
  return listedOf(scene.understood)
    .map((listed) => rowOf(listed, scene))
    .toSorted((one, other) => one.line - other.line);
}

function listedOf({ plan, items, targets }: UnderstoodPlan): readonly Listed[] {
  const groups = new Map(plan.criteria.map(({ group }, index) => [`criterion:${index + 1}`, group]));
  const parts: Readonly<Record<string, CriterionPart>> = { deliverable: "deliverable", criterion: "criterion" };
  const own = items.flatMap((item): readonly Listed[] => {
    const part = /^(?:deliverable|criterion):/u.test(item.key) ? parts[item.kind] : undefined;
    return part === undefined ? [] : [{ item, part, group: groups.get(item.key) }];
  });
  return [...own, ...targets.map((item): Listed => ({ item, part: item.part, group: item.group }))];
}

function rowOf({ item, part, group }: Listed, scene: CriteriaScene): CriterionRow {
  const measured = scene.measured?.get(item.key);
  const standing = scene.standing.items.get(item.key) ?? unmeasured;
  const origin = originOf(standing, measured, scene.figures);
  return {
    key: item.key,
    part,
    ...(group === undefined ? {} : { group }),
    criterion: item.text,
    ...(measured?.target === undefined ? {} : { target: measured.target }),
    ...actualOf(standing, measured),
    ...(origin.source === undefined ? {} : { source: origin.source }),
    ...(origin.atMs === undefined
      ? {}
      : { at: new Date(origin.atMs).toISOString(), ageMs: Math.max(0, scene.now - origin.atMs) }),
    ...(origin.commit === undefined ? {} : { commit: origin.commit }),
    verdict: standing.verdict,
    reason: reasonOf(standing, measured, scene),
    line: item.range.start.line,
  };
}

const unmeasured: UnitStanding = { verdict: "manual", reason: "no report tells it" };

/** What was seen: by a report now, or when a claim was carried out. */
function actualOf({ record, reason }: UnitStanding, measured: Measured | undefined): Pick<CriterionRow, "actual"> {
  if (measured?.actual !== undefined) return { actual: measured.actual };
  return record === undefined || record.signed !== undefined || reason === "" ? {} : { actual: reason };
}

interface Origin {
  readonly source?: string;
  readonly atMs?: number;
  readonly commit?: string;
}

function originOf({ record }: UnitStanding, measured: Measured | undefined, figures: Figures | undefined): Origin {
  if (measured !== undefined && record?.signed === undefined) {
    const reports = figures?.reports.filter(({ path }) => measured.sources.includes(path)) ?? [];
    const [oldest] = reports.toSorted((one, other) => one.writtenAtMs - other.writtenAtMs);
    return {
      source: measured.sources.join(", "),
      ...(oldest === undefined ? {} : { atMs: oldest.writtenAtMs }),
      ...(oldest?.commit === undefined ? {} : { commit: oldest.commit }),
    };
  }
  const atMs = record === undefined ? Number.NaN : Date.parse(record.at);
  const source = record === undefined ? undefined : record.signed === undefined ? "record" : "signature";
  return { ...(source === undefined ? {} : { source }), ...(Number.isNaN(atMs) ? {} : { atMs }) };
}

/** Why: where nobody could measure, the reason must say whether there was anything to measure with. */
function reasonOf(
  { verdict, reason, record }: UnitStanding,
  measured: Measured | undefined,
  { figures }: CriteriaScene,
): string {
  if (measured !== undefined || record !== undefined || verdict !== "manual" || figures === undefined) return reason;
  return figures.reports.length === 0
    ? "no report was found, and no claim fits it"
    : "no report speaks of it, and no claim fits it";
}
