import { howItEnded } from "#execute/judge";
import { hasPassed } from "#journal/replay";
import { IplanError } from "#model/errors";
import type { CommandResult, Evidence } from "#model/run";
import type { PhaseUnit, PlanRecord, StepUnit, UnitStanding } from "#model/understanding";
import type { ReportBlock, ReportItem, ReportPhase, ReportPlan, ReportStep } from "#render/html/report";
import { withoutBlockFile } from "#render/escape";
import { criteriaOf, type PlanCriteria } from "../criteria.ts";
import { everyOutput, type RecordedOutput, tailLines } from "../output.ts";
import { type PlanView, viewPlan } from "../plan-view.ts";
import type { PlanDocument } from "../plans.ts";
import type { Session } from "../session.ts";
import { statusRow } from "../status-row.ts";

/** A plan as the report shows it, and when the last of it was recorded. */
export interface DatedPlan {
  readonly plan: ReportPlan;
  readonly at?: string;
}

/** Of an output, so many bytes of its end are looked at, and so many lines of them shown. */
const tailBytes = 16_384;
const tailRows = 24;

/** A plan as the report shows it; one that cannot be read keeps none of the others away. */
export async function reportPlan(session: Session, document: PlanDocument, measured: boolean): Promise<DatedPlan> {
  try {
    const view = await viewPlan(session, document);
    const at = lastRecorded(view.record);
    const criteria = measured && hasCriteria(view) ? await criteriaOf(session, view) : undefined;
    return { plan: planOf(session, view, criteria), ...(at === undefined ? {} : { at }) };
  } catch (error) {
    if (!(error instanceof IplanError)) throw error;
    return { plan: unreadablePlan(document, error) };
  }
}

function lastRecorded(record: PlanRecord | undefined): string | undefined {
  const times = [...(record?.units.values() ?? [])].map(({ at }) => at);
  return times.length === 0 ? undefined : times.reduce((latest, at) => (at > latest ? at : latest));
}

function hasCriteria({ understood: { plan, targets } }: PlanView): boolean {
  return plan.criteria.length + plan.deliverables.length + plan.scenarioMapping.length + targets.length > 0;
}

function planOf(session: Session, view: PlanView, measured: PlanCriteria | undefined): ReportPlan {
  const { understood, standing, document, record } = view;
  const { plan } = understood;
  const criteria = measured?.rows ?? [];
  const told = new Set(criteria.map(({ key }) => key));
  const { next, signed, notes, damage = [] } = statusRow(session, view);
  return {
    id: understood.id,
    title: plan.name ?? "",
    path: document.path,
    ...(plan.control?.status === undefined ? {} : { status: plan.control.status.raw }),
    verdict: standing.verdict,
    counts: standing.counts,
    phases: understood.phases.map((phase) => phaseOf(phase, view)),
    steps: understood.steps.map((step) => stepOf(session, view, step)),
    items: understood.items
      .filter(({ key }) => !told.has(key))
      .map((item) => itemOf(item.text, standing.items.get(item.key))),
    // Why: an age is of the moment of asking, and a time of a file is of the copy; neither belongs to the same record.
    criteria: criteria.map(({ at: _at, ageMs: _age, ...row }) => row),
    scenarios: measured?.scenarios ?? [],
    signed,
    notes,
    damage,
    ...(next === undefined ? {} : { next: { title: next.title, command: next.command } }),
    source: record === undefined || record.units.size === 0 ? "nothing" : record.source,
  };
}

/** A plan of which nothing can be said but why. */
export function unreadablePlan(
  { id, path }: { readonly id: string; readonly path: string },
  { message, cure }: IplanError,
): ReportPlan {
  const nothing = {
    counts: {},
    phases: [],
    steps: [],
    items: [],
    criteria: [],
    scenarios: [],
    signed: [],
    notes: [],
    damage: [],
  };
  return { id, title: "", path, verdict: "unknown", source: "nothing", problem: `${message} ${cure}`, ...nothing };
}

function itemOf(text: string, standing: UnitStanding | undefined): ReportItem {
  return { text, verdict: standing?.verdict ?? "pending", reason: standing?.reason ?? "" };
}

function phaseOf({ key, number, phase, tasks }: PhaseUnit, { standing }: PlanView): ReportPhase {
  return {
    number,
    name: phase.name,
    verdict: standing.phases.get(key)?.verdict ?? "pending",
    tasks: tasks.map((task) => ({ id: task.id, ...itemOf(task.task.name, standing.tasks.get(task.key)) })),
  };
}

function stepOf(session: Session, view: PlanView, step: StepUnit): ReportStep {
  const { verdict = "pending", reason = "", record } = view.standing.steps.get(step.key) ?? {};
  const outputs = everyOutput(session, view, step.key, tailBytes);
  return {
    number: step.number,
    title: step.title,
    verdict,
    reason,
    attempts: record?.attempts ?? 0,
    ...(record?.durationMs === undefined ? {} : { durationMs: record.durationMs }),
    ...(record === undefined ? {} : { at: record.at }),
    blocks: outputs.map(blockOf),
    outcomes: step.outcomes.map((outcome) => itemOf(outcome.text, view.standing.items.get(outcome.key))),
    digests: outputs.length === 0 ? (record?.evidence ?? []) : [],
  };
}

function blockOf({ evidence, attempt, text, cut }: RecordedOutput): ReportBlock {
  const lines = tailLines(withoutBlockFile(text), tailRows + 1);
  return {
    role: evidence.role,
    ...(attempt === undefined ? {} : { attempt }),
    commands: commandsOf(evidence),
    ended: evidence.exit === undefined ? "ended" : howItEnded(evidence.exit),
    passed: evidence.exit === undefined || hasPassed(evidence),
    durationMs: evidence.durationMs,
    ...(evidence.output === undefined ? {} : { digest: evidence.output.digest, bytes: evidence.output.bytes }),
    tail: lines.slice(-tailRows).join("\n"),
    cut: cut || lines.length > tailRows,
  };
}

function commandsOf(evidence: Evidence): ReportBlock["commands"] {
  if (evidence.commands !== undefined) return evidence.commands.map(commandOf);
  return evidence.text === undefined
    ? []
    : [{ text: evidence.text, ended: howItEnded(evidence.exit ?? {}), passed: hasPassed(evidence) }];
}

function commandOf({ text, exit, demanded, unreached }: CommandResult): ReportBlock["commands"][number] {
  if (unreached === true) return { text, ended: "was not reached", passed: true };
  const failed = exit.status !== 0 || exit.timedOut === true || exit.signal !== undefined;
  return { text, ended: howItEnded(exit), passed: demanded === true || !failed };
}
