import type { Edit } from "#model/edit";
import { criterionMarkEdits } from "./criterion-marks.ts";
import type { Box, Phase, Plan, PlanStatus, StatusMark, Task } from "#model/plan";
import type { Verdict } from "#model/run";
import type { Source } from "#model/source";
import type { PlanStanding, UnderstoodPlan, UnitStanding } from "#model/understanding";

/** The time of writing, in each form that documents use. */
export interface WritingTime {
  /** `2026-03-01 14:05:09 CET`. */
  readonly plain: string;
  /** `2026-03-01T14:05:09+01:00`. */
  readonly iso: string;
  /** `2026-03-01`. */
  readonly date: string;
}

/** What a write-back takes beside the document and its standing. */
export interface WritingFacts extends WritingTime {
  /** Key of the task at which the work goes on, where the caller knows it; else the first that is not done. */
  readonly resume?: string;
}

/**
 * The edits that make a document (`plan`, the whole or one part of what was understood) say what was proved: boxes, marks and counts of
 * criteria, phase status, Status, Last Updated and the resume marker.
 * Nothing is added that the document does not have; an unchanged standing gives no edit at all.
 */
export function writeBackEdits(
  source: Source,
  plan: Plan,
  understood: UnderstoodPlan,
  standing: PlanStanding,
  now: WritingFacts,
): Edit[] {
  const edits = [
    ...taskEdits(plan, understood, standing),
    ...itemEdits(plan, understood, standing),
    ...understood.phases.flatMap((unit) =>
      plan.phases.includes(unit.phase) ? phaseEdits(unit.phase, standing.phases.get(unit.key)) : [],
    ),
    ...criterionMarkEdits(plan, understood, standing),
    ...statusEdits(plan, standing),
    ...markerEdits(source, plan, resumeTask(understood, standing, now.resume)),
  ].filter((edit) => source.text.slice(edit.start, edit.end) !== edit.text);
  return edits.length === 0 ? [] : [...edits, ...lastUpdatedEdits(plan, now)];
}

function taskEdits(plan: Plan, understood: UnderstoodPlan, standing: PlanStanding): Edit[] {
  const own = new Set(plan.phases.flatMap((phase) => phase.tasks));
  return understood.phases.flatMap((phase) =>
    phase.tasks.flatMap((unit) => (own.has(unit.task) ? boxEdit(unit.task.box, standing.tasks.get(unit.key)) : [])),
  );
}

function itemEdits(plan: Plan, understood: UnderstoodPlan, standing: PlanStanding): Edit[] {
  const own = new Set(boxesOf(plan));
  return understood.items.flatMap((item) =>
    item.box !== undefined && own.has(item.box) ? boxEdit(item.box, standing.items.get(item.key)) : [],
  );
}

function boxesOf(plan: Plan): Box[] {
  const bullets = [...plan.deliverables, ...plan.checklists.flatMap((list) => list.items)];
  return [...bullets, ...plan.criteria].flatMap((entry) => entry.box ?? []);
}

/** A box is ticked by proof and unticked by disproof; where nothing was recorded it stays as people left it. */
function boxEdit(box: Box | undefined, standing: UnitStanding | undefined): Edit[] {
  if (box === undefined || standing === undefined || box.form === "choice") return [];
  if (standing.verdict === "verified" && !box.ticked) return [replacement(box, true)];
  const disproved = standing.verdict === "failed" || standing.verdict === "stale";
  return disproved && box.ticked ? [replacement(box, false)] : [];
}

function replacement(box: Box, ticked: boolean): Edit {
  const { start, end } = box.mark.range;
  return { start: start.offset, end: end.offset, text: markText(box, ticked), expected: box.mark.text };
}

function markText(box: Box, ticked: boolean): string {
  if (box.form === "glyph") return ticked ? "☑" : "☐";
  return ticked ? "x" : " ";
}

const phaseWords: Readonly<Record<"pending" | "in-progress" | "completed", string>> = {
  pending: "PENDING",
  "in-progress": "IN PROGRESS",
  completed: "COMPLETED",
};

const phaseGlyphs: Readonly<Record<"pending" | "in-progress" | "completed", string>> = {
  pending: "⏸️",
  "in-progress": "⏳",
  completed: "✅",
};

function phaseEdits(phase: Phase, standing: UnitStanding | undefined): Edit[] {
  const mark = phase.status;
  const state = phaseState(standing?.verdict);
  if (mark === undefined || mark.value === "choice" || mark.value === undefined || state === undefined) return [];
  if (mark.value === state || (mark.value === "blocked" && state !== "completed")) return [];
  const text = restated(mark, state);
  return [{ start: mark.range.start.offset, end: mark.range.end.offset, text, expected: mark.raw }];
}

function phaseState(verdict: Verdict | undefined): "pending" | "in-progress" | "completed" | undefined {
  if (verdict === undefined) return undefined;
  if (verdict === "verified") return "completed";
  return verdict === "pending" || verdict === "skipped" ? undefined : "in-progress";
}

const statusWord = /\b(?:PENDING|NOT STARTED|IN[ -]PROGRESS|COMPLETED?|DONE|BLOCKED)\b/gi;
const statusGlyph = /[✅⏳🟡❌]|⏸\uFE0F?/gu;

/** The mark with its word and glyph exchanged, whatever else it holds kept. */
function restated(mark: StatusMark, state: "pending" | "in-progress" | "completed"): string {
  const word = phaseWords[state];
  return mark.raw
    .replace(statusWord, (written) => (written === written.toUpperCase() ? word : capitalized(word)))
    .replace(statusGlyph, phaseGlyphs[state]);
}

function capitalized(word: string): string {
  return word.toLowerCase().replace(/\b[a-z]/g, (letter) => letter.toUpperCase());
}

function statusEdits(plan: Plan, standing: PlanStanding): Edit[] {
  const field = plan.control?.status;
  const status = planStatus(field?.value, standing);
  if (field?.value === undefined || status === undefined || status.value === field.value) return [];
  return [{ start: field.range.start.offset, end: field.range.end.offset, text: status.text, expected: field.raw }];
}

function planStatus(
  now: PlanStatus | undefined,
  standing: PlanStanding,
): { value: PlanStatus; text: string } | undefined {
  if (now === "on-hold" || now === "aborted") return undefined;
  if (standing.verdict === "verified") return { value: "completed", text: "Completed" };
  const started = Object.entries(standing.counts).some(([verdict, count]) => count > 0 && hasStarted(verdict));
  if (now === "blocked" || !started) return undefined;
  return { value: "in-progress", text: "In Progress" };
}

function hasStarted(verdict: string): boolean {
  return !["pending", "skipped", "manual", "handoff"].includes(verdict);
}

function lastUpdatedEdits(plan: Plan, now: WritingTime): Edit[] {
  const field = plan.control?.lastUpdated;
  if (field?.value === undefined) return [];
  const { start, end } = field.range;
  return [{ start: start.offset, end: end.offset, text: now[field.value.form], expected: field.raw }];
}

function markerEdits(source: Source, plan: Plan, next: Task | undefined): Edit[] {
  const marker = plan.markers.resumeHere;
  if (marker === undefined) return [];
  const isElsewhere = next !== undefined && !plan.phases.some((phase) => phase.tasks.includes(next));
  // Why: a marker is moved inside its own document only; in the part that holds the next task it is for people to set.
  const target = isElsewhere ? undefined : next;
  const place = target === undefined ? undefined : lineEnd(source, target.range.start.offset);
  const written = wholeMarker(source, marker.start.offset, marker.end.offset);
  if (place !== undefined && lineEnd(source, marker.start.offset) === place) return [];
  const removal = { start: written.start, end: written.end, text: "" };
  if (place === undefined) return [removal];
  return [removal, { start: place, end: place, text: ` ${source.text.slice(marker.start.offset, marker.end.offset)}` }];
}

/** The task that was named; else the first that is neither proved nor left to judgement. */
function resumeTask(understood: UnderstoodPlan, standing: PlanStanding, named: string | undefined): Task | undefined {
  const found = understood.phases.flatMap(({ tasks }) => tasks).find(({ key }) => key === named);
  if (found !== undefined) return found.task;
  for (const phase of understood.phases) {
    for (const unit of phase.tasks) {
      const verdict = standing.tasks.get(unit.key)?.verdict;
      if (verdict !== "verified" && verdict !== "manual") return unit.task;
    }
  }
  return undefined;
}

function lineEnd(source: Source, offset: number): number {
  let end = offset;
  while (end < source.text.length && source.text[end] !== "\n" && source.text[end] !== "\r") end++;
  return end;
}

/** The marker with the blanks before it, or its whole line when nothing else stands there. */
function wholeMarker(source: Source, start: number, end: number): { start: number; end: number } {
  const text = source.text;
  let from = start;
  while (from > 0 && (text[from - 1] === " " || text[from - 1] === "\t")) from--;
  const alone = from === 0 || text[from - 1] === "\n";
  const stop = lineEnd(source, end);
  if (!alone || text.slice(end, stop).trim() !== "") return { start: from, end };
  return { start: from, end: text[stop] === "\r" ? stop + 2 : Math.min(stop + 1, text.length) };
}
