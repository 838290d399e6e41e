import { linesByUnit, unitsOf } from "../receipt-units.ts";
import { defineRule, type Rule } from "../rule.ts";

/** A completed plan stands on a receipt. */
export const completedWithoutReceipt: Rule = defineRule({
  code: "evidence/completed-without-receipt",
  severity: "error",
  title: "Completed without receipt",
  summary: "A plan whose status is completed has a receipt that calls each of its steps and tasks verified.",
  needs: ["understood", "receipt"],
  check({ understood, receipt }, report) {
    const status = understood.plan.control?.status;
    if (status?.value !== "completed") return "not-applicable";
    if (!receipt.present) {
      report({
        message: `The status is ${status.raw}, but there is no receipt. Run iplan verify ${understood.id}, or set the status back.`,
        at: status.range,
      });
      return;
    }
    const lines = linesByUnit(receipt);
    const units = unitsOf(understood).filter((unit) => unit.kind !== "item");
    const left = units.filter((unit) => lines.get(unit.key)?.verdict !== "verified");
    if (left.length === 0) return;
    const names = left.slice(0, 5).map((unit) => unit.name);
    report({
      message: `The status is ${status.raw}, but the receipt does not call verified: ${names.join(", ")}${left.length > 5 ? ", …" : ""}. Run iplan verify ${understood.id}, or set the status back.`,
      at: status.range,
    });
  },
});
