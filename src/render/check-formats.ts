import type { CheckReport } from "./check-report.ts";
import { renderGithub } from "./github.ts";
import { renderJunit } from "./junit.ts";
import { renderMarkdownSummary } from "./markdown-summary.ts";
import { renderSarif } from "./sarif.ts";

/** Name of a form of a check's report that other tools read. */
export type ReportFormat = "sarif" | "junit" | "github" | "markdown";

/** Forms of a check's report that other tools read. */
export const reportFormats: Readonly<Record<ReportFormat, (report: CheckReport) => string>> = {
  sarif: renderSarif,
  junit: renderJunit,
  github: renderGithub,
  markdown: renderMarkdownSummary,
};

/** True for the name of a form that other tools read. */
export function isReportFormat(name: string): name is ReportFormat {
  return Object.hasOwn(reportFormats, name);
}
