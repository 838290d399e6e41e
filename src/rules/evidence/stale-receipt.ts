import { linesByUnit, unitsOf } from "../receipt-units.ts";
import { defineRule, type Rule } from "../rule.ts";

/** What a receipt calls verified is still what it was. */
export const staleReceipt: Rule = defineRule({
  code: "evidence/stale-receipt",
  severity: "warning",
  title: "Stale receipt",
  summary: "What the receipt calls verified has not changed since.",
  needs: ["understood", "receipt"],
  check({ understood, receipt }, report) {
    if (receipt.lines.length === 0) return "not-applicable";
    const lines = linesByUnit(receipt);
    for (const { key, name, at, subject } of unitsOf(understood)) {
      const line = lines.get(key);
      if (line === undefined || line.verdict !== "verified" || line.subject === subject) continue;
      report({
        message: `${name} changed since it was verified on ${line.at.slice(0, 10)}. Run iplan verify ${understood.id}.`,
        at,
      });
    }
  },
});
