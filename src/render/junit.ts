import { type Finding, isLive } from "#model/finding";
import type { CheckReport } from "./check-report.ts";
import { escapeControls } from "./escape.ts";
import { type PassedOver, wordsOfPassedOver } from "./passed-over.ts";

/**
 * The findings as JUnit XML: one test suite a document, one case a finding, so that any CI shows them as tests. Errors are
 * failures; warnings and infos pass and stand in the case's output; what is waived or was there before is skipped. A document
 * without findings has one case that passed. What was not looked at is a suite of its own, of skipped cases.
 */
export function renderJunit(report: CheckReport): string {
  const byPath = new Map<string, Finding[]>(report.documents.map((path) => [path, []]));
  for (const finding of report.findings) {
    const group = byPath.get(finding.path);
    if (group === undefined) byPath.set(finding.path, [finding]);
    else group.push(finding);
  }
  const suites = [...byPath].map(([path, findings]) => suiteOf(path, findings));
  if (report.passedOver.length > 0) suites.push(passedOverSuite(report.passedOver));
  const total = (pick: (suite: Suite) => number): number => suites.reduce((sum, suite) => sum + pick(suite), 0);
  const counts = `tests="${total((suite) => suite.tests)}" failures="${total((suite) => suite.failures)}" errors="0"`;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>\n',
    `<testsuites name="iplan check" ${counts}>\n`,
    ...suites.map((suite) => suite.text),
    "</testsuites>\n",
  ].join("");
}

interface Suite {
  readonly tests: number;
  readonly failures: number;
  readonly text: string;
}

function suiteOf(path: string, findings: readonly Finding[]): Suite {
  const cases = findings.length === 0 ? [caseText("no findings", path, "")] : findings.map(findingCase);
  const failures = findings.filter(isFailure).length;
  const skipped = findings.filter((finding) => !isLive(finding)).length;
  const counts = `tests="${cases.length}" failures="${failures}" errors="0" skipped="${skipped}"`;
  return {
    tests: cases.length,
    failures,
    text: `  <testsuite name="${attribute(path)}" ${counts}>\n${cases.join("")}  </testsuite>\n`,
  };
}

function passedOverSuite(passed: readonly PassedOver[]): Suite {
  const cases = passed.map((one) =>
    caseText("passed over", one.path, `      <skipped message="${attribute(wordsOfPassedOver(one))}"/>\n`),
  );
  const counts = `tests="${cases.length}" failures="0" errors="0" skipped="${cases.length}"`;
  return {
    tests: cases.length,
    failures: 0,
    text: `  <testsuite name="passed over" ${counts}>\n${cases.join("")}  </testsuite>\n`,
  };
}

function isFailure(finding: Finding): boolean {
  return finding.severity === "error" && isLive(finding);
}

function findingCase(finding: Finding): string {
  const { start } = finding.range;
  const name = `${finding.rule} at ${start.line}:${start.column}`;
  const told = `${finding.path}:${start.line}:${start.column} ${finding.severity} ${finding.message}`;
  return caseText(name, finding.path, `      ${bodyOf(finding, told)}\n`);
}

function bodyOf(finding: Finding, told: string): string {
  if (finding.waived !== undefined) return `<skipped message="${attribute(`waived: ${finding.waived}`)}"/>`;
  if (finding.baselined === true) return '<skipped message="was there before"/>';
  if (!isFailure(finding)) return `<system-out>${escapeXml(told)}</system-out>`;
  const kind = `message="${attribute(finding.message)}" type="${attribute(finding.rule)}"`;
  return `<failure ${kind}>${escapeXml(told)}</failure>`;
}

function caseText(name: string, path: string, body: string): string {
  const head = `    <testcase name="${attribute(name)}" classname="${attribute(path)}" time="0"`;
  return body === "" ? `${head}/>\n` : `${head}>\n${body}    </testcase>\n`;
}

const entities: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

/** Why: control characters and lone surrogates are not allowed in XML at all, not even escaped. */
function escapeXml(text: string): string {
  return escapeControls(text, { keepLines: true })
    .replace(/\p{Surrogate}|[\uFFFE\uFFFF]/gu, "\uFFFD")
    .replace(/[&<>"]/g, (char) => entities[char] ?? char);
}

function attribute(text: string): string {
  return escapeXml(text).replaceAll("\n", "&#10;");
}
