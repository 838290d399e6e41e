import type { CriteriaStatusRow } from "#render/criteria-page";
import { criteriaOf } from "./criteria.ts";
import type { PlanView } from "./plan-view.ts";
import type { Session } from "./session.ts";
import { statusRow } from "./status-row.ts";

/** A plan's status with its criteria as the reports show them now. */
export async function criteriaStatus(session: Session, view: PlanView): Promise<CriteriaStatusRow> {
  const { figures, rows, scenarios, standing } = await criteriaOf(session, view);
  const now = session.host.clock.now();
  return {
    ...statusRow(session, { ...view, standing }),
    criteria: rows,
    scenarios,
    reports: figures.reports.map(({ path, format, tool, complete, newer, writtenAtMs, commit, notes, counts }) => ({
      path,
      format,
      ...(tool === undefined ? {} : { tool }),
      at: new Date(writtenAtMs).toISOString(),
      ageMs: Math.max(0, now - writtenAtMs),
      ...(commit === undefined ? {} : { commit }),
      complete,
      ...(newer === undefined ? {} : { olderThan: newer }),
      ...(counts === undefined ? {} : { counts }),
      notes,
    })),
    unread: figures.unread,
    patterns: figures.patterns,
  };
}
