import { IplanError } from "#model/errors";
import { completionOf } from "#guide/completion";
import { type NextAction, nextActions } from "#guide/next-actions";
import { nextUnit, signatures } from "#guide/next";
import { stepCommand } from "#guide/packet";
import { worstVerdict } from "#model/run";
import type { PhaseUnit, PlanStanding } from "#model/understanding";
import type { ShownCompletion } from "#render/completion";
import { signaturesOf } from "#render/signatures";
import type { PlanStatusRow } from "#render/status-page";
import { type PlanView, viewPlan } from "./plan-view.ts";
import { readPlans } from "./plans.ts";
import { activeRisks } from "./risk-status.ts";
import type { Session } from "./session.ts";
import { isInRepository } from "./workspace.ts";

/** The rows of all plans of a workspace; one that cannot be read is a row that says so, and keeps none of the others away. */
export async function allRows(session: Session): Promise<readonly PlanStatusRow[]> {
  const { plans, unreadable } = readPlans(session);
  const rows: PlanStatusRow[] = [];
  for (const plan of plans) {
    try {
      rows.push(statusRow(session, await viewPlan(session, plan)));
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
export function statusRow(session: Session, view: PlanView): PlanStatusRow {
  const { understood, standing, document } = view;
  const plan = understood.plan;
  const next = commitCommand(session, view) ?? nextCommand(view);
  const risks = activeRisks(view);
  const after = actionsAfter(view);
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
    ...(view.record === undefined ? {} : { completion: shownCompletion(view) }),
    ...(risks.length === 0 ? {} : { risks }),
    ...(after.length === 0 ? {} : { nextActions: after }),
    ...(next === undefined ? {} : { next }),
    ...(damage.length === 0 ? {} : { damage }),
    ...(view.memory?.run === undefined ? {} : { lastRun: view.memory.run.run }),
  };
}

/** What comes after a plan, once all that a machine can prove of it is proved. */
export function actionsAfter({ understood, standing, record }: PlanView): readonly NextAction[] {
  if (record === undefined || understood.plan.nextActions.length === 0) return [];
  const { finished, verified } = completionOf(understood, standing, record);
  return finished && verified ? nextActions(understood) : [];
}

/** What is shown of how far a plan is from its end. */
export function shownCompletion({ understood, standing, record }: PlanView): ShownCompletion {
  const { finished, verified, accepted, commit } = completionOf(understood, standing, record);
  if (commit === undefined) return { finished, verified, accepted };
  const { commit: name, at, actor, title, override, reason } = commit;
  const why = reason === undefined ? {} : { reason };
  const made = { commit: name, at, actor: actor.name, override, ...(title === undefined ? {} : { title }), ...why };
  return { finished, verified, accepted, committed: made };
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

/** Committing, where that is what comes next: all that a machine can prove is proved, and no commit is known. */
function commitCommand({ host, root }: Session, { understood, standing, record }: PlanView): PlanStatusRow["next"] {
  const unit = nextUnit(understood, standing);
  if (record === undefined || (unit !== undefined && unit.kind !== "signature")) return undefined;
  const { verified, commit } = completionOf(understood, standing, record);
  if (!verified || commit !== undefined || !isInRepository(host.files, root)) return undefined;
  const { id } = understood;
  return { kind: "commit", id, title: "Commit its files", command: `iplan commit ${id}` };
}

/** The next thing to do with a plan, as a command. */
function nextCommand(view: PlanView): PlanStatusRow["next"] {
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
