import type { CheckReport } from "./check-report.ts";
import { renderGithub } from "./github.ts";
import { renderJunit } from "./junit.ts";
import { renderMarkdownSummary } from "./markdown-summary.ts";
import { sarifTexts } from "./sarif.ts";
import { textPieces } from "./text-pieces.ts";

/** Name of a form of a check's report that other tools read. */
export type ReportFormat = "sarif" | "junit" | "github" | "markdown";

/** Forms of a check's report that other tools read, each as pieces of a text. */
export const reportFormats: Readonly<Record<ReportFormat, (report: CheckReport) => Iterable<string>>> = {
  sarif: (report) => textPieces(sarifTexts(report)),
  junit: (report) => [renderJunit(report)],
  github: (report) => [renderGithub(report)],
  markdown: (report) => [renderMarkdownSummary(report)],
};

/** True for the name of a form that other tools read. */
export function isReportFormat(name: string): name is ReportFormat {
  return Object.hasOwn(reportFormats, name);
}
