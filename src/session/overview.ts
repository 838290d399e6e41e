import { escapeControls } from "#render/escape";
import { type PlanStatusRow, renderStatusPage } from "#render/status-page";
import type { CommandHandler } from "./command.ts";
import { openSession } from "./session.ts";
import { allRows } from "./status-row.ts";

/** `iplan` alone: where the workspace stands, and the next command. */
export const overview: CommandHandler = async (context) => {
  const session = await openSession(context.host, context.cwd);
  const rows = await allRows(session);
  if (rows.length === 0) {
    const first = "iplan new iplan --title 'What you want to build'";
    const lines = session.settings.file === undefined ? ["iplan init", first] : [first];
    const next = lines[0] ?? first;
    return {
      kind: "overview",
      exitCode: 0,
      data: { root: session.root, plans: [], next },
      page: () => {
        const shown = lines.map((line) => `  ${context.paint.cyan(line)}\n`).join("");
        return `No plan yet in ${escapeControls(session.root)}.\n\n${shown}  iplan --help\n`;
      },
    };
  }
  const next = rows.find((row) => row.next !== undefined)?.next?.command ?? "iplan check";
  return {
    kind: "overview",
    exitCode: 0,
    data: { root: session.root, plans: rows, next },
    page: () =>
      `${renderStatusPage(rows.map(summaryOf), context.paint, context.width)}\n${context.paint.bold("next")}  ${context.paint.cyan(escapeControls(next))}\n`,
  };
};

/** Why: the overview names one next command at its end, and what one plan alone would show is for `iplan status`. */
function summaryOf({ next: _next, ...row }: PlanStatusRow): PlanStatusRow {
  return { ...row, steps: [], waiting: [], notes: [] };
}
