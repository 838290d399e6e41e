import type { StepUnit, UnderstoodBlock, UnderstoodOutcome, UnderstoodPlan } from "#model/understanding";
import { describeClaim } from "./claim-text.ts";
import { escapeControls, oneLine } from "./escape.ts";
import type { Paint } from "./paint.ts";

/** How each block and outcome of a plan was understood, and why. */
export function renderExplainPage(understood: UnderstoodPlan, paint: Paint, width: number, only?: string): string {
  const steps = understood.steps.filter((step) => only === undefined || step.key === only);
  const inSteps = new Set(
    understood.steps.flatMap((step) => [...step.blocks, ...step.others].map((block) => block.block.range.start.offset)),
  );
  const elsewhere =
    only === undefined ? understood.blocks.filter((block) => !inSteps.has(block.block.range.start.offset)) : [];
  return [
    ...steps.map((step) => stepText(step, paint, width)),
    only !== undefined || understood.items.length === 0
      ? ""
      : `${paint.bold("Deliverables, checklists, criteria")}\n${understood.items.map((item) => outcomeText(item, paint, width)).join("")}`,
    elsewhere.length === 0
      ? ""
      : `${paint.bold("Other blocks (none of them runs)")}\n${elsewhere.map((block) => blockText(block, paint, width)).join("")}`,
  ]
    .filter((part) => part !== "")
    .join("\n");
}

function stepText(step: StepUnit, paint: Paint, width: number): string {
  const ties = step.ties.map((tie) => `${tie.task ?? `phase ${tie.phase}`} (by ${tie.by})`);
  const blocks = [...step.blocks, ...step.others].sort(
    (a, b) => a.block.range.start.offset - b.block.range.start.offset,
  );
  return [
    `${paint.bold(`Step ${step.number}: ${oneLine(step.title, width - 12)}`)}  ${paint.dim(`line ${step.step.head.start.line}, ${step.key}`)}\n`,
    `  serves ${ties.length === 0 ? "no task or phase: its verdict proves only itself" : ties.join(", ")}\n`,
    step.handoff === undefined ? "" : `  handoff: ${oneLine(step.handoff, width - 12)}\n`,
    ...blocks.map((block) => blockText(block, paint, width)),
    ...step.outcomes.map((outcome) => outcomeText(outcome, paint, width)),
  ].join("");
}

function runs({ role }: UnderstoodBlock): boolean {
  return role === "action" || role === "verification";
}

function blockText(block: UnderstoodBlock, paint: Paint, width: number): string {
  const { init } = block.settings;
  const own = init !== undefined && runs(block) ? block.block.text.slice(init.length + 1) : block.block.text;
  const first =
    own.split("\n").find((line) => line.trim() !== "" && !line.trim().startsWith("#")) ?? own.split("\n")[0] ?? "";
  const lines = [
    `  ${runs(block) ? paint.cyan(block.role) : paint.dim(block.role)}  ${oneLine(first, width - 24)}  ${paint.dim(`line ${block.block.range.start.line}`)}\n`,
    `      ${paint.dim(`why: ${oneLine(block.why, width - 12)}`)}\n`,
    init !== undefined && runs(block) ? `      init: ${oneLine(init, width - 12)}\n` : "",
    runs(block)
      ? `      risk: ${block.risk}${block.risks.length === 0 ? "" : ` (${oneLine([...new Set(block.risks.map((note) => note.reason))].join("; "), width - 24)})`}\n`
      : "",
  ];
  const vacuity = block.vacuity;
  if (block.role === "action" && vacuity !== undefined && vacuity.recognised.length > 0) {
    const checks = vacuity.recognised.map((check) => `\`${oneLine(check, 60)}\``).join(", ");
    lines.push(`      ${oneLine(`holds the check ${checks}`, width - 6)}\n`);
  }
  if (vacuity !== undefined && block.role === "verification") {
    const proof =
      vacuity.kind === "checks"
        ? oneLine(`proves by ${vacuity.checks.map((check) => `\`${oneLine(check, 60)}\``).join(", ")}`, width - 6)
        : "proves nothing";
    lines.push(`      ${vacuity.kind === "checks" ? proof : paint.yellow(proof)}\n`);
    for (const note of vacuity.notes)
      lines.push(`      ${paint.yellow("note:")} ${oneLine(note.reason, width - 14)}\n`);
  }
  for (const placeholder of block.placeholders)
    lines.push(`      ${paint.yellow("placeholder:")} ${oneLine(placeholder.text, width - 20)}\n`);
  return lines.join("");
}

function outcomeText(outcome: UnderstoodOutcome, paint: Paint, width: number): string {
  const state = outcome.claims.length > 0 ? paint.cyan("claim") : paint.dim("manual");
  const claims = outcome.claims.map((claim) => `      checks: ${oneLine(describeClaim(claim), width - 14)}\n`);
  const suggestion =
    outcome.suggestion === undefined ? [] : [`      to make it a check, add: ${escapeControls(outcome.suggestion)}\n`];
  return [
    `  ${state}  ${oneLine(outcome.text, width - 24)}  ${paint.dim(`line ${outcome.range.start.line}, ${outcome.key}`)}\n`,
    `      ${paint.dim(`why: ${oneLine(outcome.why, width - 12)}`)}\n`,
    ...claims,
    ...suggestion,
  ].join("");
}
