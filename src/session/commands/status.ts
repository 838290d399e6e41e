import { type ExitCode, worstExitCode } from "#model/errors";
import type { Verdict } from "#model/run";
import type { CriteriaStatusRow } from "#render/criteria-page";
import { renderBriefStatus, renderStatusPage, type PlanStatusRow } from "#render/status-page";
import { argument, type CommandContext, type CommandHandler, type CommandOutcome, flag } from "../command.ts";
import { viewPlan } from "../plan-view.ts";
import { findPlan, readPlans } from "../plans.ts";
import { noPlans } from "../next-step.ts";
import { statusOfRisks } from "../risk-status.ts";
import { openSession, type Session } from "../session.ts";
import { allRows, statusRow } from "../status-row.ts";

/** `iplan status [PLAN]`: where every plan stands, computed from documents, journals and receipts. */
export const status: CommandHandler = async (context, input) => {
  const session = await openSession(context.host, context.cwd);
  const named = argument(input, "plan");
  // Why: what only these pages need is half of all that would be loaded for a plain status.
  if (flag(input, "risks")) return statusOfRisks(context, session, named);
  if (flag(input, "effort")) return (await import("../effort-status.ts")).statusOfEffort(context, session, named);
  if (flag(input, "criteria")) return statusOfCriteria(context, session, named);
  const rows =
    named === undefined
      ? await allRows(session)
      : [statusRow(session, await viewPlan(session, findPlan(session, named)))];
  if (rows.length === 0) throw noPlans(session);
  return {
    kind: "status",
    exitCode: worstExitCode(rows.map(exitCodeOf)),
    data: { plans: rows },
    page: () => (flag(input, "brief") ? renderBriefStatus(rows) : renderStatusPage(rows, context.paint, context.width)),
  };
};

/** `iplan status --criteria`: every criterion by the reports there are now. */
async function statusOfCriteria(
  context: CommandContext,
  session: Session,
  named: string | undefined,
): Promise<CommandOutcome> {
  const plans = named === undefined ? readPlans(session).plans : [findPlan(session, named)];
  if (plans.length === 0) throw noPlans(session);
  const { criteriaStatus } = await import("../criteria-status.ts");
  const { renderCriteriaPage } = await import("#render/criteria-page");
  const rows: CriteriaStatusRow[] = [];
  for (const plan of plans) rows.push(await criteriaStatus(session, await viewPlan(session, plan)));
  return {
    kind: "criteria",
    exitCode: worstExitCode(rows.map(exitCodeOf)),
    data: { plans: rows },
    page: () => renderCriteriaPage(rows, context.paint, context.width),
  };
}

const failing: ReadonlySet<Verdict> = new Set(["failed", "suspect", "stale", "unverifiable"]);

function exitCodeOf(row: PlanStatusRow): ExitCode {
  if (row.problem !== undefined) return 2;
  if (row.verdict === "unknown") return 7;
  if (row.damage !== undefined) return 1;
  if (failing.has(row.verdict)) return 1;
  if (Object.values(row.counts).every((count) => count === 0)) return 3;
  return row.verdict === "handoff" || row.verdict === "manual" ? 4 : 0;
}
