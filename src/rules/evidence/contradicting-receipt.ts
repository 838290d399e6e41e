import type { ReceiptLine } from "#model/run";
import { linesByUnit, unitsOf } from "../receipt-units.ts";
import { defineRule, type Rule } from "../rule.ts";

/** A receipt calls no task verified whose steps it does not. */
export const contradictingReceipt: Rule = defineRule({
  code: "evidence/contradicting-receipt",
  severity: "error",
  title: "Receipt that contradicts itself",
  summary: "What the receipt calls verified as a whole, it calls verified in its parts.",
  needs: ["understood", "receipt"],
  check({ understood, receipt }, report) {
    const lines = linesByUnit(receipt);
    if (lines.size === 0) return "not-applicable";
    const signed = new Set(receipt.lines.filter((line) => line.kind === "signature").map((line) => line.unit));
    // Why: a step that came into the plan later has no line yet; one that is missing from the receipt of this very text was taken out.
    const isWhole = lines.get("plan")?.subject === understood.planHash;
    const names = new Map(unitsOf(understood).map((unit) => [unit.key, unit]));
    for (const task of understood.phases.flatMap((phase) => phase.tasks)) {
      const unit = names.get(task.key);
      if (unit === undefined || lines.get(task.key)?.verdict !== "verified" || signed.has(task.key)) continue;
      const broken = task.steps.find((key) => contradicts(lines.get(key), isWhole));
      if (broken === undefined) continue;
      const says = lines.get(broken)?.verdict;
      const fact = says === undefined ? "has no line for" : `calls ${says}`;
      report({
        message: `The receipt calls ${unit.name} verified, but ${fact} ${names.get(broken)?.name ?? broken}, which proves it. The receipt was edited: restore it from git, or ask afresh with iplan verify --audit ${understood.id}.`,
        at: unit.at,
      });
    }
  },
});

function contradicts(line: ReceiptLine | undefined, isWhole: boolean): boolean {
  return line === undefined ? isWhole : line.verdict !== "verified";
}
