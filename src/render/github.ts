import { type Finding, isLive, type Severity } from "#model/finding";
import type { CheckReport } from "./check-report.ts";
import { escapeControls } from "./escape.ts";
import { renderPassedOver } from "./passed-over.ts";

const commands: Readonly<Record<Severity, string>> = { error: "error", warning: "warning", info: "notice" };
const ranks: Readonly<Record<Severity, number>> = { error: 0, warning: 1, info: 2 };

/**
 * The live findings as workflow commands of GitHub Actions, which shows them beside the lines of a pull request. Errors come
 * first, because GitHub shows ten of a kind for a step and drops the rest.
 */
export function renderGithub(report: CheckReport): string {
  const passed = renderPassedOver(report.passedOver).trimEnd();
  return `${annotationsOf(report)}${passed === "" ? "" : `::notice title=passed over::${message(passed)}\n`}`;
}

function annotationsOf(report: CheckReport): string {
  return report.findings
    .filter(isLive)
    .map((finding, index) => ({ finding, index }))
    .sort((a, b) => ranks[a.finding.severity] - ranks[b.finding.severity] || a.index - b.index)
    .map(({ finding }) => `${annotation(finding)}\n`)
    .join("");
}

function annotation(finding: Finding): string {
  const { start, end } = finding.range;
  // Why: GitHub refuses columns where an annotation spans lines.
  const columns =
    start.line === end.line ? { col: start.column, endColumn: Math.max(start.column, end.column - 1) } : {};
  const fields = { file: finding.path, line: start.line, endLine: end.line, ...columns, title: finding.rule };
  const written = Object.entries(fields).map(([name, value]) => `${name}=${property(String(value))}`);
  return `::${commands[finding.severity]} ${written.join(",")}::${message(finding.message)}`;
}

/** Why: what ends a command or begins a new one must not come from a document. */
function message(text: string): string {
  return escapeControls(text, { keepLines: true })
    .replaceAll("%", "%25")
    .replaceAll("\r", "%0D")
    .replaceAll("\n", "%0A");
}

function property(text: string): string {
  return message(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
