import { type ExitCode, worstExitCode } from "#model/errors";
import type { Verdict } from "#model/run";
import { renderBriefStatus, renderStatusPage, type PlanStatusRow } from "#render/status-page";
import { argument, type CommandHandler, flag } from "../command.ts";
import { viewPlan } from "../plan-view.ts";
import { findPlan } from "../plans.ts";
import { noPlans } from "../next-step.ts";
import { openSession } from "../session.ts";
import { allRows, statusRow } from "../status-row.ts";

/** `iplan status [PLAN]`: where every plan stands, computed from documents, journals and receipts. */
export const status: CommandHandler = async (context, input) => {
  const session = await openSession(context.host, context.cwd);
  const named = argument(input, "plan");
  const rows =
    named === undefined ? await allRows(session) : [statusRow(await viewPlan(session, findPlan(session, named)))];
  if (rows.length === 0) throw noPlans(session);
  return {
    kind: "status",
    exitCode: worstExitCode(rows.map(exitCodeOf)),
    data: { plans: rows },
    page: () => (flag(input, "brief") ? renderBriefStatus(rows) : renderStatusPage(rows, context.paint, context.width)),
  };
};

const failing: ReadonlySet<Verdict> = new Set(["failed", "suspect", "stale", "unverifiable"]);

function exitCodeOf(row: PlanStatusRow): ExitCode {
  if (row.problem !== undefined) return 2;
  if (row.verdict === "unknown") return 7;
  if (row.damage !== undefined) return 1;
  if (failing.has(row.verdict)) return 1;
  if (Object.values(row.counts).every((count) => count === 0)) return 3;
  return row.verdict === "handoff" || row.verdict === "manual" ? 4 : 0;
}
