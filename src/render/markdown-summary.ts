import { type Finding, isLive, type Severity } from "#model/finding";
import type { CheckReport } from "./check-report.ts";
import { escapeControls } from "./escape.ts";
import { counted } from "./layout.ts";
import { renderPassedOver } from "./passed-over.ts";

/** Why: GitHub refuses comments above 65,536 characters. */
const mostCharacters = 60_000;
const mostPlaces = 10;
const mostScores = 50;
const severities: readonly Severity[] = ["error", "warning", "info"];

/** What was found as Markdown for a pull request: verdict, counts, readiness, then findings by rule. Text of documents is shown as text. */
export function renderMarkdownSummary(report: CheckReport): string {
  const live = report.findings.filter(isLive);
  const sections = rulesOf(live).map(([rule, findings]) => sectionOf(rule, findings));
  let text = `${headOf(report, live)}${passedOverOf(report)}${scoresOf(report)}`;
  for (const [index, section] of sections.entries()) {
    if (text.length + section.length > mostCharacters) {
      return `${text}\n… and ${counted(sections.length - index, "more rule")} with findings; see \`iplan check\`.\n`;
    }
    text += section;
  }
  return text;
}

function headOf(report: CheckReport, live: readonly Finding[]): string {
  const { documents = 0, rules = 0, notApplicable = 0, waived = 0, baselined = 0 } = report.summary;
  const counts = severities.flatMap((severity) => {
    const count = live.filter((finding) => finding.severity === severity).length;
    return count === 0 ? [] : [counted(count, severity)];
  });
  const verdict = documents === 0 ? "nothing was checked" : counts.length === 0 ? "nothing found" : counts.join(", ");
  const notes = [
    counted(documents, "document"),
    `${counted(rules, "rule")} checked`,
    `${notApplicable} not applicable`,
    ...(waived === 0 ? [] : [`${waived} waived`]),
    ...(baselined === 0 ? [] : [`${baselined} there before`]),
    ...(report.gone === undefined || report.gone.length === 0 ? [] : [`${report.gone.length} gone since`]),
  ];
  return `### iplan check: ${verdict}\n\n${notes.join(" · ")}\n`;
}

function passedOverOf({ passedOver }: CheckReport): string {
  const lines = renderPassedOver(passedOver).trimEnd().split("\n");
  return passedOver.length === 0 ? "" : `\n${lines.map((line) => plain(line.trim())).join("  \n")}\n`;
}

function scoresOf({ scores }: CheckReport): string {
  // Why: a plan is what a pull request is about; of other documents only those that are not ready.
  const shown = scores.filter((score) => score.plan || !score.ready).slice(0, mostScores);
  if (shown.length === 0) return "";
  const rows = shown.map(({ id, path, score, target, ready }) => {
    const cells = [plain(id), plain(path), `${score}/100`, String(target), ready ? "ready" : "not ready"];
    return `| ${cells.join(" | ")} |\n`;
  });
  return `\n| id | document | readiness | target | |\n| --- | --- | --: | --: | --- |\n${rows.join("")}`;
}

function rulesOf(findings: readonly Finding[]): readonly (readonly [string, readonly Finding[]])[] {
  const groups = new Map<string, Finding[]>();
  for (const severity of severities) {
    for (const finding of findings.filter((entry) => entry.severity === severity)) {
      const key = `${severity} ${finding.rule}`;
      groups.set(key, [...(groups.get(key) ?? []), finding]);
    }
  }
  return [...groups];
}

function sectionOf(rule: string, findings: readonly Finding[]): string {
  const rows = findings.slice(0, mostPlaces).map(({ path, range, message }) => {
    return `- ${plain(`${path}:${range.start.line}`)} ${plain(message)}\n`;
  });
  const more = findings.length - rows.length;
  const rest = more === 0 ? "" : `- … and ${counted(more, "more place")}\n`;
  return `\n<details><summary>${plain(rule)} (${findings.length})</summary>\n\n${rows.join("")}${rest}\n</details>\n`;
}

/** Foreign text that Markdown and HTML leave as it is: nothing in it is a link, a mention, a tag or a table border. */
function plain(text: string): string {
  return escapeControls(text)
    .replace(/[&<>]/g, (char) => (char === "&" ? "&amp;" : char === "<" ? "&lt;" : "&gt;"))
    .replace(/[\\`*_[\]()#|~!]/g, "\\$&")
    .replace(/@(?=\w)/g, "@\u200B")
    .replace(/\b(https?):\/\//g, "$1:\u200B//");
}
