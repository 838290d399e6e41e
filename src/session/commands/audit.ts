import { auditPlan, type AuditedUnit } from "#execute/audit";
import type { JournalDamage } from "#journal/find-damage";
import { exitCodes, type ExitCode, IplanError, worstExitCode } from "#model/errors";
import { renderAuditPage } from "#render/audit-page";
import { argument, type CommandContext, type CommandInput, type CommandOutcome } from "../command.ts";
import { calledDone } from "../called-done.ts";
import { runOptions } from "../options.ts";
import { viewPlan } from "../plan-view.ts";
import { findPlan, type PlanDocument, readPlans } from "../plans.ts";
import { wireRun } from "../running.ts";
import { noPlans } from "../next-step.ts";
import type { Session } from "../session.ts";
import { findUnit } from "../units.ts";

/** The audit of one plan as `--json` shows it. */
export interface AuditRow {
  readonly plan: string;
  readonly path: string;
  readonly run?: string;
  readonly asked: number;
  readonly held: number;
  readonly drift: number;
  readonly units: readonly AuditedUnit[];
  readonly damage: readonly JournalDamage[];
  readonly problem?: { readonly code: string; readonly message: string; readonly cure: string };
  readonly exitCode: ExitCode;
}

/** `iplan verify --audit [PLAN [UNIT]]`: asks afresh all that is called done, and tells what is not. */
export async function audit(context: CommandContext, session: Session, input: CommandInput): Promise<CommandOutcome> {
  const named = argument(input, "plan");
  const rows =
    named === undefined
      ? await auditAll(context, session, input)
      : [await auditOne(context, session, findPlan(session, named), input)];
  const checked = rows.filter((row) => row.exitCode !== exitCodes.nothingChecked);
  return {
    kind: "audit",
    // Why: a plan of which nothing is done yet is no reason to call the audit of all others empty.
    exitCode: checked.length === 0 ? exitCodes.nothingChecked : worstExitCode(checked.map((row) => row.exitCode)),
    data: { plans: rows },
    page: () => renderAuditPage(rows, context.paint, context.width),
  };
}

async function auditAll(context: CommandContext, session: Session, input: CommandInput): Promise<readonly AuditRow[]> {
  if (input.options["trust"] !== undefined) {
    throw new IplanError(
      "usage/arguments",
      "--trust names the reviewed commands of one plan.",
      "Name the plan: iplan verify --audit PLAN --trust=SHA256",
    );
  }
  const { plans, unreadable } = readPlans(session);
  if (plans.length + unreadable.length === 0) throw noPlans(session);
  const rows = unreadable.map((plan) => failedRow(plan.id, plan.path, plan.error));
  for (const plan of plans) {
    if (context.signal.aborted) break;
    try {
      rows.push(await auditOne(context, session, plan, input));
    } catch (error) {
      if (!(error instanceof IplanError)) throw error;
      rows.push(failedRow(plan.id, plan.path, error));
    }
  }
  return rows;
}

function failedRow(plan: string, path: string, { code, message, cure, exitCode }: IplanError): AuditRow {
  return { plan, path, asked: 0, held: 0, drift: 0, units: [], damage: [], problem: { code, message, cure }, exitCode };
}

async function auditOne(
  context: CommandContext,
  session: Session,
  document: PlanDocument,
  input: CommandInput,
): Promise<AuditRow> {
  const view = await viewPlan(session, document);
  const unit = argument(input, "unit");
  const wanted = unit === undefined ? undefined : partsOf(view.understood, findUnit(view, unit).key);
  const called = calledDone(view).filter((each) => wanted === undefined || wanted.has(each.unit));
  const damage = view.memory?.damage ?? [];
  const place = { plan: document.id, path: document.path, damage };
  if (called.length === 0) {
    const exitCode = damage.length > 0 ? exitCodes.findings : exitCodes.nothingChecked;
    return { ...place, asked: 0, held: 0, drift: damage.length, units: [], exitCode };
  }
  const wire = wireRun(context, session, view);
  // Why: an audit tells what is wrong with document and receipt; whoever changed them meanwhile would hide it.
  const { onVerdict: _writesBack, ...listening } = wire.context;
  try {
    const { run, units, asked, held, interrupted } = await auditPlan(view.understood, called, listening, {
      ...runOptions(session, view, input),
    });
    const drift = units.filter((each) => each.drift !== undefined).length + damage.length;
    const exitCode = interrupted
      ? exitCodes.interrupted
      : drift > 0
        ? exitCodes.findings
        : asked === 0
          ? exitCodes.nothingChecked
          : exitCodes.done;
    return { ...place, run, asked, held, drift, units, exitCode };
  } finally {
    wire.close();
  }
}

/** A unit with what belongs to it: a task with its steps, a step with its outcomes. */
function partsOf(
  { phases, steps }: Awaited<ReturnType<typeof viewPlan>>["understood"],
  key: string,
): ReadonlySet<string> {
  const task = phases.flatMap((phase) => phase.tasks).find((each) => each.key === key);
  const keys = [key, ...(task?.steps ?? [])];
  const outcomes = steps.filter((step) => keys.includes(step.key)).flatMap((step) => step.outcomes);
  return new Set([...keys, ...outcomes.map((outcome) => outcome.key)]);
}
