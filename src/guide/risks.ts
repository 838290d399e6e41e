import type { Risk } from "#model/plan";
import type { PlanRecord, UnderstoodPlan } from "#model/understanding";

/** How much is known of a risk: its trigger came about, has not, was not looked at, is for people to watch, or is not named. */
export type RiskState = "active" | "quiet" | "unasked" | "for people" | "no trigger";

/** One risk of one plan. */
export interface RiskRow {
  /** `IPLAN-001 risk:2`: unique over all plans. */
  readonly id: string;
  readonly plan: string;
  readonly number: string;
  readonly title: string;
  readonly kind?: string;
  readonly description?: string;
  /** As written where it is none of the three words. */
  readonly probability?: string;
  readonly impact?: string;
  readonly mitigation: readonly string[];
  readonly trigger?: string;
  readonly state: RiskState;
  /** What was seen when its trigger was looked at, and when. */
  readonly observed?: string;
  readonly at?: string;
}

/** The risks of a plan: those whose trigger came about first, then by probability and impact. */
export function riskRows(understood: UnderstoodPlan, record: PlanRecord | undefined): readonly RiskRow[] {
  return understood.plan.risks.map((risk, index) => riskRow(understood, record, risk, index)).sort(byWeight);
}

function riskRow(understood: UnderstoodPlan, record: PlanRecord | undefined, risk: Risk, index: number): RiskRow {
  const key = `risk:${index + 1}`;
  const { title, kind, description, likelihood, impact, mitigation, trigger } = risk;
  const probability = likelihood?.value ?? likelihood?.raw;
  const weight = impact?.value ?? impact?.raw;
  return {
    id: `${understood.id} ${key}`,
    plan: understood.id,
    number: risk.number ?? String(index + 1),
    title,
    ...(kind === undefined ? {} : { kind }),
    ...(description === undefined ? {} : { description }),
    ...(probability === undefined ? {} : { probability }),
    ...(weight === undefined ? {} : { impact: weight }),
    mitigation: mitigation.flatMap(({ text, children }) => [text, ...children.map((child) => child.text)]),
    ...(trigger === undefined ? {} : { trigger: trigger.text }),
    ...stateOf(understood, record, key),
  };
}

function stateOf(
  { triggers = [] }: UnderstoodPlan,
  record: PlanRecord | undefined,
  key: string,
): Pick<RiskRow, "state" | "observed" | "at"> {
  const trigger = triggers.find((each) => each.key === key);
  if (trigger === undefined) return { state: "no trigger" };
  if (trigger.claims.length === 0) return { state: "for people" };
  const seen = record?.risks?.get(key);
  // Why: what was seen of another trigger says nothing of this one.
  if (seen?.subject !== trigger.digest) return { state: "unasked" };
  return { state: seen.active ? "active" : "quiet", observed: seen.observed, at: seen.at };
}

const weights: Readonly<Record<string, number>> = { high: 3, medium: 2, low: 1 };

/** Risks in the order in which they want attention; equal ones stay as they stand. */
export function byWeight(a: RiskRow, b: RiskRow): number {
  return weightOf(b) - weightOf(a);
}

function weightOf({ state, probability = "", impact = "" }: RiskRow): number {
  return (state === "active" ? 100 : 0) + (weights[probability] ?? 0) * (weights[impact] ?? 0);
}
