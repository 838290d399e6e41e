import { escapeControls, oneLine } from "./escape.ts";
import { columns, counted } from "./layout.ts";
import type { Paint } from "./paint.ts";

/** A risk as `status --risks --json` has it. */
export interface ShownRisk {
  readonly id: string;
  readonly title: string;
  readonly probability?: string;
  readonly impact?: string;
  readonly mitigation: readonly string[];
  readonly trigger?: string;
  readonly state: "active" | "quiet" | "unasked" | "for people" | "no trigger";
  readonly observed?: string;
}

/** The register of risks; of those that are active what was seen and what the plan says to do. */
export function renderRiskPage(risks: readonly ShownRisk[], paint: Paint, width: number): string {
  if (risks.length === 0) return "No plan names a risk.\n";
  const head = ["", "", "", "probability", "impact", "trigger"].map((word) => paint.dim(word));
  const rows = risks.map((risk) => [
    glyphOf(risk, paint),
    escapeControls(risk.id),
    oneLine(risk.title, Math.max(20, width - 70)),
    oneLine(risk.probability ?? "–", 12),
    oneLine(risk.impact ?? "–", 12),
    risk.state === "active" ? paint.red("active") : risk.state,
  ]);
  const active = risks.filter(({ state }) => state === "active");
  return `${columns([head, ...rows])}${activeRisksText(active, paint, width)}\n${counted(risks.length, "risk")}, ${active.length} active\n`;
}

function glyphOf({ state }: ShownRisk, paint: Paint): string {
  return state === "active" ? paint.red("!") : paint.dim("·");
}

/** Active risks with what was seen and what the plan says to do; empty when there is none. */
export function activeRisksText(active: readonly ShownRisk[], paint: Paint, width: number): string {
  return active
    .map(({ id, title, observed, trigger, mitigation }) => {
      const seen = oneLine(`${trigger ?? ""}: ${observed ?? ""}`, Math.max(40, width - 8));
      const steps = mitigation.map((text) => `    → ${oneLine(text, Math.max(40, width - 8))}\n`);
      return `\n  ${paint.red("risk active")}: ${escapeControls(id)} ${oneLine(title, Math.max(30, width - 30))}\n    ${seen}\n${steps.join("")}`;
    })
    .join("");
}
