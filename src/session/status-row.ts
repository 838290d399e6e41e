import { IplanError } from "#model/errors";
import { nextUnit, signatures } from "#guide/next";
import { stepCommand } from "#guide/packet";
import { worstVerdict } from "#model/run";
import type { PhaseUnit, PlanStanding } from "#model/understanding";
import { signaturesOf } from "#render/signatures";
import type { PlanStatusRow } from "#render/status-page";
import { type PlanView, viewPlan } from "./plan-view.ts";
import { readPlans } from "./plans.ts";
import type { Session } from "./session.ts";

/** The rows of all plans of a workspace; one that cannot be read is a row that says so, and keeps none of the others away. */
export async function allRows(session: Session): Promise<readonly PlanStatusRow[]> {
  const { plans, unreadable } = readPlans(session);
  const rows: PlanStatusRow[] = [];
  for (const plan of plans) {
    try {
      rows.push(statusRow(await viewPlan(session, plan)));
    } catch (error) {
      if (!(error instanceof IplanError)) throw error;
      rows.push(brokenRow(plan, error));
    }
  }
  return [...rows, ...unreadable.map((plan) => brokenRow(plan, plan.error))].sort((a, b) => (a.path < b.path ? -1 : 1));
}

function brokenRow({ id, path }: { readonly id: string; readonly path: string }, error: IplanError): PlanStatusRow {
  const problem = `${error.message} ${error.cure}`;
  return {
    id,
    path,
    verdict: "unknown",
    phases: [],
    steps: [],
    waiting: [],
    signed: [],
    notes: [],
    counts: {},
    problem,
  };
}

/** A plan's row on the status page and in its JSON. */
export function statusRow(view: PlanView): PlanStatusRow {
  const { understood, standing, document } = view;
  const plan = understood.plan;
  const next = nextCommand(view);
  const damage = damageOf(view);
  return {
    id: understood.id,
    path: document.path,
    ...(plan.name === undefined ? {} : { title: plan.name }),
    ...(plan.control?.status === undefined ? {} : { status: plan.control.status.raw }),
    verdict: standing.verdict,
    phases: understood.phases.map((phase) => phaseRow(phase, standing)),
    steps: understood.steps.map((step) => ({
      key: step.key,
      number: step.number,
      title: step.title,
      verdict: standing.steps.get(step.key)?.verdict ?? "pending",
      reason: standing.steps.get(step.key)?.reason ?? "",
    })),
    waiting: signatures(understood, standing).map((item) => ({
      key: item.key,
      title: item.title,
      reason: item.standing.reason,
    })),
    signed: signaturesOf(standing),
    notes: (view.memory?.notes.notes ?? []).map(({ kind, text, at, actor, unit }) => ({
      kind,
      text,
      at,
      actor: actor.name,
      ...(unit === undefined ? {} : { unit }),
    })),
    counts: standing.counts,
    ...(next === undefined ? {} : { next }),
    ...(damage.length === 0 ? {} : { damage }),
    ...(view.memory?.run === undefined ? {} : { lastRun: view.memory.run.run }),
  };
}

/** Where journals of a plan are not what was written, each in one sentence. */
export function damageOf({ memory }: PlanView): readonly string[] {
  return (memory?.damage ?? []).map((each) => each.message);
}

function phaseRow(phase: PhaseUnit, standing: PlanStanding): PlanStatusRow["phases"][number] {
  const verdicts = phase.tasks.map((task) => standing.tasks.get(task.key)?.verdict ?? "pending");
  return {
    number: phase.number,
    name: phase.phase.name,
    verdict: standing.phases.get(phase.key)?.verdict ?? worstVerdict(verdicts) ?? "pending",
    done: verdicts.filter((verdict) => verdict === "verified").length,
    total: verdicts.length,
  };
}

/** The next thing to do with a plan, as a command. */
export function nextCommand(view: PlanView): PlanStatusRow["next"] {
  const unit = nextUnit(view.understood, view.standing);
  const id = view.understood.id;
  if (unit === undefined) return undefined;
  if (unit.kind === "signature") {
    return { kind: unit.kind, id: unit.key, title: unit.title, command: `iplan sign ${id} ${unit.key} --reason "…"` };
  }
  if (unit.kind === "task")
    return {
      kind: unit.kind,
      id: unit.task.id,
      title: unit.task.task.name,
      command: `iplan verify ${id} ${unit.task.id}`,
    };
  const { step, standing } = unit;
  const command = stepCommand(step, standing.verdict, id);
  return { kind: unit.kind, id: step.key, title: `Step ${step.number}: ${step.title}`, command };
}
