import { IplanError } from "#model/errors";
import { escapeControls } from "#render/escape";
import { counted } from "#render/layout";
import { pageMark, renderReportPage } from "#render/html/page";
import { argument, type CommandHandler, option } from "../command.ts";
import { outputPath } from "../output-file.ts";
import { findPlan } from "../plans.ts";
import { reportModel } from "../report/report-model.ts";
import { openSession, type Session } from "../session.ts";

/** `iplan export html [PLAN]`: the workspace, or one plan and its chain, as one page for people. */
export const exportHtml: CommandHandler = async (context, input) => {
  const session = await openSession(context.host, context.cwd);
  const named = argument(input, "plan");
  const report = await reportModel(session, named === undefined ? undefined : findPlan(session, named));
  if (report.documents === 0)
    throw new IplanError(
      "usage/nothing-to-check",
      "No document of any type was found.",
      "See which folders the workspace reads: iplan doctor",
    );
  const page = renderReportPage(report, context.host.hash);
  const output = option(input, "output");
  if (output !== undefined) write(session, output, page);
  const { plans, documents, trace, findings } = report;
  const data = {
    format: "html",
    ...(output === undefined ? { page } : { output }),
    plans: plans.map(({ id, path, verdict }) => ({ id, path, verdict })),
    documents,
    artifacts: trace.artifacts.length,
    broken: trace.breaks.length,
    findings: findings.errors + findings.warnings + findings.infos,
  };
  const told = `wrote ${escapeControls(output ?? "")}: ${counted(plans.length, "plan")}, ${counted(trace.artifacts.length, "artifact")}\n`;
  return { kind: "export", exitCode: 0, data, page: () => (output === undefined ? page : told) };
};

/** Why: a name that was mistyped must not cost a document. */
function write(session: Session, path: string, page: string): void {
  const { files } = session.host;
  const absolute = outputPath(session, path, "page", "docs/report.html");
  const known = files.readSlice(absolute, 0, pageMark.length);
  if (known !== undefined && new TextDecoder().decode(known) !== pageMark)
    throw new IplanError(
      "usage/exists",
      `${path} is there and is no page of iplan; nothing was written.`,
      "Name another file, or remove this one.",
    );
  files.writeAtomic(absolute, new TextEncoder().encode(page));
}
