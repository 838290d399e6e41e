import type { CommandHandler } from "./command.ts";
import { openSession } from "./session.ts";
import { allPlans } from "./plans.ts";
import { readRow } from "./commands/status.ts";
import { type PlanStatusRow, renderStatusPage } from "#render/status-page";

/** `iplan` alone: where the workspace stands, and the next command. */
export const overview: CommandHandler = async (context) => {
  const session = await openSession(context.host, context.cwd);
  const plans = allPlans(session);
  if (plans.length === 0) {
    const next = "iplan new iplan --title 'What you want to build'";
    return {
      kind: "overview",
      exitCode: 0,
      data: { root: session.root, plans: [], next },
      page: () => `No plan yet in ${session.root}.\n\n  ${context.paint.cyan(next)}\n  iplan --help\n`,
    };
  }
  const rows: PlanStatusRow[] = [];
  for (const plan of plans) rows.push(await readRow(session, plan, false));
  const first = rows.find((row) => row.next !== undefined);
  const next = first?.next?.command ?? "iplan check";
  return {
    kind: "overview",
    exitCode: 0,
    data: { root: session.root, plans: rows, next },
    page: () =>
      `${renderStatusPage(rows.length === 1 ? rows.map((row) => ({ ...row, steps: [], waiting: [] })) : rows, context.paint, context.width)}\n${context.paint.bold("next")}  ${context.paint.cyan(next)}\n`,
  };
};
