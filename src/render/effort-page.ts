import { effortText } from "#model/effort-text";
import type { Effort } from "#model/plan-text";
import type { Verdict } from "#model/run";
import { escapeControls, oneLine } from "./escape.ts";
import { columns, counted, duration } from "./layout.ts";
import { type Paint, paintGlyph } from "./paint.ts";

/** Estimate and time of one part of a plan, as `status --effort --json` has it. */
export interface ShownEffort {
  readonly key: string;
  readonly name: string;
  readonly verdict: Verdict;
  readonly estimated?: Effort;
  readonly activeMs: number;
  /** (actual − estimated) / estimated. */
  readonly deviation?: number;
}

/** Estimate and time of a plan. */
export interface ShownPlanEffort extends ShownEffort {
  readonly complexity?: number;
  readonly written?: Effort;
  readonly phases: readonly (ShownEffort & { readonly tasks: readonly ShownEffort[] })[];
}

/** How estimates of one complexity turned out. */
export interface ShownCalibration {
  readonly complexity?: number;
  readonly plans: number;
  readonly estimatedHours: number;
  readonly activeHours: number;
  readonly ratio: number;
}

/** Estimates and active times of plans, with tasks where there is one plan alone; then how estimates turned out so far. */
export function renderEffortPage(
  plans: readonly ShownPlanEffort[],
  calibration: readonly ShownCalibration[],
  paint: Paint,
  width: number,
): string {
  const isAlone = plans.length === 1;
  const head = ["", "", "", "estimated", "active", "deviation"].map((word) => paint.dim(word));
  const rows = plans.flatMap((plan) => [
    rowOf(plan, paint, width, escapeControls(plan.key)),
    ...(isAlone ? plan.phases.flatMap((phase) => phaseRows(phase, paint, width)) : []),
  ]);
  const written = isAlone ? plans[0]?.written : undefined;
  return [
    columns([head, ...rows]),
    written === undefined ? "" : `\nthe document says ${effortText(written)}\n`,
    calibrationText(calibration, paint),
  ].join("");
}

function phaseRows(
  phase: ShownPlanEffort["phases"][number],
  paint: Paint,
  width: number,
): readonly (readonly string[])[] {
  const number = phase.key.slice(phase.key.indexOf(":") + 1);
  return [
    rowOf(phase, paint, width, `  Phase ${escapeControls(number)}`),
    ...phase.tasks.map((task) => rowOf(task, paint, width, `    ${escapeControls(task.key.slice("task:".length))}`)),
  ];
}

function rowOf(row: ShownEffort, paint: Paint, width: number, label: string): readonly string[] {
  const { verdict, name, estimated, activeMs, deviation } = row;
  return [
    paintGlyph(paint, verdict),
    label,
    oneLine(name, Math.max(20, width - 60)),
    estimated === undefined ? "–" : effortText(estimated),
    activeMs === 0 ? "–" : duration(activeMs),
    deviation === undefined ? "" : percent(deviation),
  ];
}

function percent(share: number): string {
  const rounded = Math.round(100 * share);
  return `${rounded > 0 ? "+" : ""}${rounded} %`;
}

function calibrationText(rows: readonly ShownCalibration[], paint: Paint): string {
  if (rows.length === 0)
    return "\nNo plan is verified that has both an estimate and a time: nothing to learn from yet.\n";
  const lines = rows.map(({ complexity, plans, estimatedHours, activeHours, ratio }) => [
    complexity === undefined ? "no complexity" : `complexity ${complexity}`,
    counted(plans, "plan"),
    `${effortText({ minHours: estimatedHours, maxHours: estimatedHours })} estimated`,
    `${duration(activeHours * 3_600_000)} active`,
    paint.bold(`× ${ratio < 0.1 ? ratio.toPrecision(2) : ratio.toFixed(2)}`),
  ]);
  return `\nhow estimates turned out (active time / estimate):\n${columns(lines, "  ")}`;
}
