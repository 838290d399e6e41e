import { effortText } from "#model/effort-text";
import type { Effort, Phase } from "#model/plan";
import { defineRule, type Report, type Rule } from "../rule.ts";

/** Estimates add up. */
export const estimatesDisagree: Rule = defineRule({
  code: "plan/estimates-disagree",
  severity: "warning",
  title: "Estimates do not add up",
  summary: "Tasks add up to their phase and phases to the estimated effort, ranges understood.",
  needs: ["plan"],
  check({ plan }, report) {
    const total = plan.control?.estimatedEffort;
    const estimates = plan.phases.map((phase) => phase.hours);
    if (!estimates.some((hours) => hours !== undefined)) return "not-applicable";
    for (const phase of plan.phases) comparePhase(phase, report);
    if (total?.value === undefined) return;
    const sum = sumOf(estimates);
    if (!disagrees(sum, total.value)) return;
    report({
      message: `The phases add up to ${effortText(sum.effort)}, the control table says ${effortText(total.value)}. Correct one of them.`,
      at: total.range,
    });
  },
});

interface Sum {
  readonly effort: Effort;
  /** Every part has an estimate. */
  readonly whole: boolean;
}

function comparePhase(phase: Phase, report: Report): void {
  const sum = sumOf(phase.tasks.map((task) => task.hours));
  if (phase.hours === undefined || !disagrees(sum, phase.hours)) return;
  report({
    message: `The tasks of phase ${phase.number} add up to ${effortText(sum.effort)}, its heading says ${effortText(phase.hours)}. Correct one of them.`,
    at: phase.heading,
  });
}

function sumOf(parts: readonly (Effort | undefined)[]): Sum {
  const known = parts.filter((part) => part !== undefined);
  const minHours = known.reduce((sum, part) => sum + part.minHours, 0);
  const maxHours = known.reduce((sum, part) => sum + part.maxHours, 0);
  return { effort: { minHours, maxHours }, whole: known.length === parts.length };
}

/** Ranges that do not meet; parts without an estimate can only add. */
function disagrees(sum: Sum, stated: Effort): boolean {
  if (sum.effort.maxHours === 0) return false;
  const tooMuch = sum.effort.minHours > stated.maxHours + 0.01;
  return tooMuch || (sum.whole && sum.effort.maxHours < stated.minHours - 0.01);
}
