import type { CriterionRow, Figures, Report, ScenarioResult, ScenarioRow } from "#model/figures";
import { escapeControls, oneLine } from "./escape.ts";
import { columns, counted } from "./layout.ts";
import { type Paint, paintGlyph, paintVerdict } from "./paint.ts";
import { countsText, type PlanStatusRow } from "./status-page.ts";

/** A report as it is listed beside the criteria. */
export interface ShownReport
  extends Pick<Report, "path" | "format" | "tool" | "commit" | "complete" | "counts" | "notes"> {
  /** ISO 8601. */
  readonly at: string;
  readonly ageMs: number;
  /** A file of the code that is newer. */
  readonly olderThan?: string;
}

/** A plan's status with its criteria, as `status --criteria --json` prints it. */
export interface CriteriaStatusRow extends PlanStatusRow, Pick<Figures, "unread" | "patterns"> {
  readonly criteria: readonly CriterionRow[];
  readonly scenarios: readonly ScenarioRow[];
  readonly reports: readonly ShownReport[];
}

/** Every criterion of the plans with target, measured value, source, age and verdict; then their scenarios and the reports. */
export function renderCriteriaPage(rows: readonly CriteriaStatusRow[], paint: Paint, width: number): string {
  return rows.map((row) => planText(row, paint, width)).join("\n");
}

function planText(row: CriteriaStatusRow, paint: Paint, width: number): string {
  const title = oneLine(row.title ?? "", Math.max(24, width - 40));
  return [
    `${paint.bold(escapeControls(row.id))}  ${title}  ${paintVerdict(paint, row.verdict)}\n`,
    criteriaText(row, paint, width),
    scenariosText(row.scenarios, paint, width),
    reportsText(row, paint, width),
  ].join("");
}

const partTitles: Readonly<Record<CriterionRow["part"], string>> = {
  deliverable: "Deliverables",
  "coverage-target": "Test coverage targets",
  "performance-target": "Performance targets",
  criterion: "Success criteria",
};

function criteriaText({ criteria }: CriteriaStatusRow, paint: Paint, width: number): string {
  if (criteria.length === 0) return "  the plan has no criterion\n";
  const parts = [...new Set(criteria.map(({ part }) => part))];
  const lists = parts.map((part) => {
    const own = criteria.filter((row) => row.part === part);
    return `\n  ${paint.bold(partTitles[part])}\n${own.map((row) => criterionText(row, paint, width)).join("")}`;
  });
  const counts: Partial<Record<CriterionRow["verdict"], number>> = {};
  for (const { verdict } of criteria) counts[verdict] = (counts[verdict] ?? 0) + 1;
  return `${lists.join("")}\n  ${criteria.length === 1 ? "1 criterion" : `${criteria.length} criteria`}: ${countsText(counts)}\n`;
}

function criterionText(row: CriterionRow, paint: Paint, width: number): string {
  const text = oneLine(row.criterion, Math.max(24, width - 24));
  const head = `  ${paintGlyph(paint, row.verdict)} ${text}  ${paintVerdict(paint, row.verdict)}\n`;
  const isTold = row.actual !== undefined && row.target !== undefined && row.verdict !== "failed";
  const what = isTold && row.verdict === "verified" ? `${row.actual}, expected ${row.target}` : row.reason;
  const from = [
    ...(row.source === undefined || row.source === "" ? [] : [row.source]),
    ...(row.ageMs === undefined ? [] : [`${ageText(row.ageMs)} old`]),
    ...(row.commit === undefined ? [] : [`at ${row.commit.slice(0, 10)}`]),
  ].join(", ");
  const details = [what, ...(from === "" ? [] : [from])].map(
    (line) => `      ${paint.dim(oneLine(line, Math.max(60, width * 2)))}\n`,
  );
  return `${head}${details.join("")}`;
}

const units: readonly (readonly [size: number, name: string])[] = [
  [86_400_000, "d"],
  [3_600_000, "h"],
  [60_000, "min"],
  [1000, "s"],
];

/** A stretch of time in its largest whole unit: `3 min`. */
function ageText(ms: number): string {
  const [size, name] = units.find(([each]) => ms >= each) ?? [1000, "s"];
  return `${Math.floor(ms / size)} ${name}`;
}

const glyphs: Readonly<Record<ScenarioResult, "verified" | "failed" | "manual" | "pending">> = {
  passed: "verified",
  failed: "failed",
  undefined: "manual",
  skipped: "pending",
  "not run": "pending",
};

function scenariosText(scenarios: readonly ScenarioRow[], paint: Paint, width: number): string {
  if (scenarios.length === 0) return "";
  const rows = scenarios.map((row) => [
    paintGlyph(paint, glyphs[row.result]),
    oneLine(row.document, 20),
    oneLine(row.scenario, Math.max(20, Math.floor(width * 0.35))),
    oneLine(row.test ?? row.implementation ?? (row.mapped ? "" : "not in the mapping"), 44),
    row.result,
  ]);
  const passed = scenarios.filter(({ result }) => result === "passed").length;
  return `\n  ${paint.bold("Scenarios")}\n${columns(rows, "  ")}  ${passed} of ${counted(scenarios.length, "scenario")} passed\n`;
}

function reportsText({ reports, unread, patterns }: CriteriaStatusRow, paint: Paint, width: number): string {
  if (reports.length + unread.length === 0) {
    const where = oneLine(patterns.join(", "), Math.max(60, width * 3));
    return `\n  no report was found, so nothing could be measured: looked for ${where}\n  where reports are: key reports of iplan.config.yaml\n`;
  }
  const lines = reports.map((report) => {
    const facts = [
      report.format,
      `${ageText(report.ageMs)} old`,
      ...(report.olderThan === undefined ? [] : [paint.yellow(`older than ${oneLine(report.olderThan, 60)}`)]),
      ...(report.complete ? [] : [paint.red("not whole")]),
    ];
    const notes = report.notes.map((note) => `      ${paint.dim(oneLine(note, Math.max(60, width * 2)))}\n`);
    return `  ${oneLine(report.path, 60)}  ${facts.join(", ")}\n${notes.join("")}`;
  });
  const rest = unread.map(
    ({ path, reason }) => `  ${oneLine(path, 60)}  ${paint.yellow(`not read: ${oneLine(reason, 100)}`)}\n`,
  );
  return `\n  ${paint.bold("Reports")}\n${lines.join("")}${rest.join("")}`;
}
