import { downstreamPaths } from "#author/registry/downstream-paths";
import type { PhaseEntry, PlanEntry, RegistryEntry } from "#author/registry/entry";
import type { TraceGraph } from "#graph/graph";
import { type EffortRow, type PlanEffort, planEffort } from "#guide/effort";
import { nextUnit } from "#guide/next";
import type { Plan } from "#model/plan";
import type { Effort } from "#model/plan-text";
import type { UnderstoodPlan } from "#model/understanding";
import type { PlanDocument } from "./plans.ts";
import { receiptStanding } from "./receipt-standing.ts";
import type { Session } from "./session.ts";

/** The entry of a plan, with the files that it says it makes. */
export async function withPlan(
  session: Session,
  graph: TraceGraph,
  node: number,
  entry: RegistryEntry,
  document: PlanDocument,
): Promise<RegistryEntry> {
  const declared = downstreamPaths(document.plan);
  const both = (tagged: readonly string[], said: readonly string[]): readonly string[] =>
    [...new Set([...tagged, ...said])].sort();
  return {
    ...entry,
    code: both(entry.code, declared.code),
    tests: both(entry.tests, declared.tests),
    plan: await planEntry(session, graph, node, document),
  };
}

async function planEntry(
  session: Session,
  graph: TraceGraph,
  node: number,
  document: PlanDocument,
): Promise<PlanEntry> {
  const { plan } = document;
  const { understood, standing, lines, record } = await receiptStanding(session, document);
  const effort = planEffort(understood, standing, record?.active ?? new Map());
  const actual = actualOf(plan, effort);
  const last = lines
    .map((line) => line.at.slice(0, 10))
    .sort()
    .at(-1);
  const unit = nextUnit(understood, standing);
  const component = componentOf(plan);
  return {
    parents: plan.control?.parentTasks?.value ?? [],
    ...(component === undefined ? {} : { component }),
    ...(plan.control?.estimatedEffort?.value === undefined ? {} : { estimated: plan.control.estimatedEffort.value }),
    ...(actual === undefined ? {} : { actual }),
    ...(standing.verdict === "verified" && last !== undefined ? { completed: last } : {}),
    verdict: standing.verdict,
    phases: understood.phases.map((phase, index) => ({
      number: phase.number,
      name: phase.phase.name,
      done: phase.tasks.filter((task) => standing.tasks.get(task.key)?.verdict === "verified").length,
      total: phase.tasks.length,
      ...phaseEffort(effort.phases[index]),
    })),
    ...(unit === undefined ? {} : { resume: resumeText(unit) }),
    ...(last === undefined ? {} : { lastSession: last }),
    blocked: plan.control?.status?.value === "blocked",
    deployment: downstreamPaths(plan).deployment,
    scenarios: {
      mapped: plan.scenarioMapping.length,
      tested: plan.scenarioMapping.filter(({ test }) => test !== undefined).length,
    },
    needs: neededPlans(session, graph, node, understood),
  };
}

/** What the document says a plan took; where it says nothing, the time that its receipt has of it once it is verified. */
function actualOf({ control }: Plan, { activeMs, verdict }: PlanEffort): Effort | undefined {
  return control?.actualEffort?.value ?? (verdict === "verified" ? hoursOf(activeMs) : undefined);
}

function hoursOf(ms: number): Effort | undefined {
  const hours = ms / 3_600_000;
  return ms === 0 ? undefined : { minHours: hours, maxHours: hours };
}

function phaseEffort(row: EffortRow | undefined): Pick<PhaseEntry, "estimated" | "active"> {
  const active = hoursOf(row?.activeMs ?? 0);
  const estimated = row?.estimated;
  return { ...(estimated === undefined ? {} : { estimated }), ...(active === undefined ? {} : { active }) };
}

function resumeText(unit: NonNullable<ReturnType<typeof nextUnit>>): string {
  if (unit.kind === "task") return `${unit.task.id}: ${unit.task.task.name}`;
  if (unit.kind === "signature") return `sign ${unit.key}`;
  return `step ${unit.step.number}: ${unit.step.title}`;
}

function componentOf(plan: Plan): string | undefined {
  return plan.control?.others.find((row) => /^component$/i.test(row.name.text.trim()))?.value.text;
}

/** Other plans that this one names among its related documents. */
function neededPlans(session: Session, graph: TraceGraph, node: number, { plan }: UnderstoodPlan): readonly string[] {
  const own = graph.idOf(node);
  const texts = [...plan.upstream, ...plan.related].map((link) => `${link.text} ${link.target}`);
  const related = [...(plan.control?.relatedArtifacts?.value ?? []), ...texts].join(" ");
  const ids = related.match(new RegExp(`\\b${session.profile.plan.type}-\\d{2,4}\\b`, "g")) ?? [];
  return [...new Set(ids)].filter((id) => id !== own && graph.find(id) !== undefined).sort();
}
