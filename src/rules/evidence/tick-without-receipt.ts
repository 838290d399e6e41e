import { hasTicks, linesByUnit, unitsOf } from "../receipt-units.ts";
import { defineRule, type Rule } from "../rule.ts";

/** A ticked box stands on a receipt. */
export const tickWithoutReceipt: Rule = defineRule({
  code: "evidence/tick-without-receipt",
  severity: "warning",
  title: "Tick without receipt",
  summary: "Every ticked box stands on a line of the receipt that calls its item verified.",
  needs: ["understood", "receipt"],
  check({ understood, receipt }, report) {
    const ticked = hasTicks(understood) ? unitsOf(understood).filter((unit) => unit.ticked) : [];
    if (ticked.length === 0) return "not-applicable";
    const lines = linesByUnit(receipt);
    for (const { key, name, mark, at } of ticked) {
      const verdict = lines.get(key)?.verdict;
      if (verdict === "verified") continue;
      const why = verdict === undefined ? "has no line for it" : `calls it ${verdict}`;
      const fact = receipt.present ? `the receipt ${why}` : "there is no receipt";
      report({
        message: `${name} is ticked, but ${fact}. Run iplan verify ${understood.id}, or take the tick out.`,
        at: mark?.range ?? at,
        ...(receipt.present ? {} : { cause: "no-receipt" }),
      });
    }
  },
});
