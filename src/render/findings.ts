import { type Finding, isLive, type RelatedPlace, type Severity } from "#model/finding";
import type { Source } from "#model/source";
import { escapeControls } from "./escape.ts";
import { counted, headed } from "./layout.ts";
import type { Paint } from "./paint.ts";
import { sourceFrame } from "./source-frame.ts";

/** What a check found, to be shown as text. */
export interface FindingsView {
  readonly findings: readonly Finding[];
  /** Documents that were checked. */
  readonly documents: number;
  /** Rules that were checked on at least one document. */
  readonly rules: number;
  /** Rules that were applicable to no document. */
  readonly notApplicable: number;
  /** A document's source, for the line a finding stands on; undefined when it is not at hand. */
  readonly sourceOf: (path: string) => Source | undefined;
  /** Cells of the terminal; 100 when absent. */
  readonly width?: number;
}

const tones: Readonly<Record<Severity, keyof Paint>> = { error: "red", warning: "yellow", info: "cyan" };
const severities: readonly Severity[] = ["error", "warning", "info"];
/** Further lines named after a finding that stands for several places. */
const mostLines = 12;

/** The findings as text, grouped by document, with a summary line last. What is waived or was there before is counted, not listed. */
export function renderFindings(view: FindingsView, paint: Paint): string {
  const live = view.findings.filter(isLive);
  const byPath = new Map<string, Finding[]>();
  for (const finding of live) {
    const group = byPath.get(finding.path);
    if (group === undefined) byPath.set(finding.path, [finding]);
    else group.push(finding);
  }
  const groups = [...byPath].map(([path, findings]) => {
    const source = view.sourceOf(path);
    return findings.map((finding) => renderFinding(finding, source, view.width ?? 100, paint)).join("");
  });
  return `${groups.map((group) => `${group}\n`).join("")}${renderFindingsSummary(view, paint)}`;
}

/** One line: how many findings of which weight, what was waived, what can be healed, how many rules looked. */
export function renderFindingsSummary(view: FindingsView, paint: Paint): string {
  if (view.documents === 0) return `${paint.red("Nothing was checked.")}\n`;
  const live = view.findings.filter(isLive);
  const waived = view.findings.filter((finding) => finding.waived !== undefined).length;
  const baselined = view.findings.filter((finding) => finding.baselined === true).length;
  const fixable = live.filter((finding) => finding.fix !== undefined).length;
  const parts = severities.flatMap((severity) => {
    const count = live.filter((finding) => finding.severity === severity).length;
    return count === 0 ? [] : [paint[tones[severity]](counted(count, severity))];
  });
  const found = parts.length === 0 ? paint.green("nothing found") : parts.join(", ");
  const notes = [
    ...(waived === 0 ? [] : [`${waived} waived`]),
    ...(baselined === 0 ? [] : [`${baselined} there before`]),
    ...(fixable === 0 ? [] : [`${fixable} can be healed with check --fix`]),
    `${counted(view.rules, "rule")} checked, ${view.notApplicable} not applicable`,
  ];
  return `${counted(view.documents, "document")}: ${found}; ${notes.join("; ")}\n`;
}

function renderFinding(finding: Finding, source: Source | undefined, width: number, paint: Paint): string {
  const { start } = finding.range;
  const place = paint.bold(`${escapeControls(finding.path)}:${start.line}:${start.column}`);
  const severity = paint[tones[finding.severity]](finding.severity);
  const said = `${escapeControls(finding.message)} ${paint.dim(finding.rule)}`;
  const head = headed(`${place} ${severity}`, said, width);
  return head + renderFrame(finding, source, width, paint) + renderRelated(finding, paint);
}

function renderFrame(finding: Finding, source: Source | undefined, width: number, paint: Paint): string {
  if (source === undefined) return "";
  const frame = sourceFrame(source, finding.range, width - 8);
  if (frame === undefined) return "";
  const tone = paint[tones[finding.severity]];
  return `    ${paint.dim("|")} ${frame.line}\n    ${paint.dim("|")} ${tone(frame.carets)}\n`;
}

function renderRelated(finding: Finding, paint: Paint): string {
  const related = finding.related ?? [];
  const here = related.filter((place) => place.path === finding.path);
  const elsewhere = related.filter((place) => place.path !== finding.path);
  const lines = [...new Set(here.map((place) => place.range.start.line))];
  const more = lines.length > mostLines ? ", …" : "";
  const also = lines.length === 0 ? "" : `    ${paint.dim(`see also ${named(lines.slice(0, mostLines))}${more}`)}\n`;
  return also + elsewhere.map((place) => `    ${paint.dim(renderPlace(place))}\n`).join("");
}

function named(lines: readonly number[]): string {
  return `${lines.length === 1 ? "line" : "lines"} ${lines.join(", ")}`;
}

function renderPlace(place: RelatedPlace): string {
  const { start } = place.range;
  return `${escapeControls(place.path)}:${start.line}:${start.column} ${escapeControls(place.message)}`;
}
