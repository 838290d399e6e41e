import { effortText } from "#model/effort-text";
import type { Effort, Plan } from "#model/plan";
import type { PlanStanding, StepUnit, TaskUnit, UnderstoodPlan } from "#model/understanding";
import { escapeControls, oneLine } from "./escape.ts";
import { columns, counted, fold } from "./layout.ts";
import { type Paint, paintGlyph } from "./paint.ts";

/** A plan as a readable page: what it delivers, its phases and tasks, its steps and what each one proves. */
export function renderPlanPage(
  understood: UnderstoodPlan,
  standing: PlanStanding,
  paint: Paint,
  width: number,
): string {
  const plan = understood.plan;
  return [
    title(plan, understood.id, paint),
    controlRows(plan),
    plan.objective === undefined ? "" : `${paint.bold("Objective")}\n${wrap(plan.objective.text, width, "  ")}`,
    list(
      "Deliverables",
      plan.deliverables.map((item) => item.text),
      paint,
      width,
    ),
    phases(understood, standing, paint, width),
    steps(understood, standing, paint, width),
    paint.dim(`Every block and outcome with its meaning: iplan show ${understood.id} --explain\n`),
  ]
    .filter((part) => part !== "")
    .join("\n");
}

function title(plan: Plan, id: string, paint: Paint): string {
  const name = plan.name ?? plan.title?.text ?? "";
  const part = plan.part === undefined ? "" : ` (part ${plan.part})`;
  return `${paint.bold(`${id}${name === "" ? "" : `: ${oneLine(name, 200)}`}${part}`)}\n${paint.dim(escapeControls(plan.path))}\n`;
}

function controlRows(plan: Plan): string {
  const control = plan.control;
  if (control === undefined) return "";
  const rows: (readonly [string, string | undefined])[] = [
    ["status", control.status?.raw],
    ["version", control.version?.raw],
    ["updated", control.lastUpdated?.raw],
    ["author", control.author?.raw],
    ["effort", control.estimatedEffort?.raw],
    ["complexity", control.complexity?.raw],
    ["parent", control.parentTasks?.raw],
  ];
  return columns(
    rows.flatMap(([name, value]) => (value === undefined ? [] : [[name, oneLine(value, 80)]])),
    "  ",
  );
}

function list(name: string, texts: readonly string[], paint: Paint, width: number): string {
  if (texts.length === 0) return "";
  return `${paint.bold(name)}\n${texts.map((text) => `  - ${oneLine(text, width - 4)}\n`).join("")}`;
}

function phases(understood: UnderstoodPlan, standing: PlanStanding, paint: Paint, width: number): string {
  if (understood.phases.length === 0) return "";
  const lines = understood.phases.flatMap((phase) => {
    const verdict = standing.phases.get(phase.key)?.verdict ?? "pending";
    const head = `${paintGlyph(paint, verdict)} Phase ${phase.number}: ${oneLine(phase.phase.name, width - 30)}${hours(phase.phase.hours)}`;
    return [`  ${head}`, ...phase.tasks.map((task) => `      ${taskLine(task, standing, paint, width)}`)];
  });
  return `${paint.bold("Phases and tasks")}\n${lines.join("\n")}\n`;
}

function taskLine(task: TaskUnit, standing: PlanStanding, paint: Paint, width: number): string {
  const found = standing.tasks.get(task.key);
  const box = task.task.box === undefined ? "" : task.task.box.ticked ? "[x] " : "[ ] ";
  return `${paintGlyph(paint, found?.verdict ?? "pending")} ${box}${task.id}  ${oneLine(task.task.name, width - 40)}${hours(task.task.hours)}`;
}

function hours(effort: Effort | undefined): string {
  return effort === undefined ? "" : ` (${effortText(effort)})`;
}

function steps(understood: UnderstoodPlan, standing: PlanStanding, paint: Paint, width: number): string {
  if (understood.steps.length === 0) return `${paint.bold("Steps")}\n  none: nothing in this document can be run\n`;
  const lines = understood.steps.map((step) => {
    const found = standing.steps.get(step.key);
    const head = `${paintGlyph(paint, found?.verdict ?? "pending")} ${step.number.padStart(2)}  ${oneLine(step.title, width - 45)}`;
    const override = found?.record?.signed?.override === true ? `  ${paint.yellow("override")}` : "";
    return `  ${head}  ${paint.dim(summary(step))}${override}`;
  });
  return `${paint.bold("Steps")}\n${lines.join("\n")}\n`;
}

function summary(step: StepUnit): string {
  if (step.handoff !== undefined) return "for a person or assistant";
  const actions = step.blocks.filter((block) => block.role === "action").length;
  const checks = step.blocks.filter((block) => block.role === "verification").length;
  const claims = step.outcomes.filter((outcome) => outcome.claims.length > 0).length;
  const manual = step.outcomes.length - claims;
  const parts = [counted(actions, "action"), counted(checks, "verification"), counted(claims, "claim")];
  return `${parts.join(", ")}${manual === 0 ? "" : `, ${manual} to judge`}`;
}

/** Text folded at blanks to a width, each line indented. */
export function wrap(text: string, width: number, indent: string): string {
  const lines = fold(escapeControls(text.replace(/\s+/g, " ").trim()), width - indent.length);
  return lines.map((entry) => `${indent}${entry}\n`).join("");
}
