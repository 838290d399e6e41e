import type { WrittenTime } from "#model/plan";
import { defineRule, type Rule } from "../rule.ts";

/** A document was not updated before it was made. */
export const dateOrder: Rule = defineRule({
  code: "document/date-order",
  severity: "warning",
  title: "Dates out of order",
  summary: "Last Updated is not earlier than Created.",
  needs: ["plan"],
  check({ plan }, report) {
    const created = plan.control?.created?.value;
    const updated = plan.control?.lastUpdated;
    if (created === undefined || updated?.value === undefined) return "not-applicable";
    if (!isBefore(updated.value, created)) return;
    report({
      message: `Last Updated (${updated.raw}) is earlier than Created (${plan.control?.created?.raw ?? ""}). Correct one of them.`,
      at: updated.range,
    });
  },
});

/** True only where it is certain: same zone, both with a known offset, or days that differ. */
function isBefore(a: WrittenTime, b: WrittenTime): boolean {
  if (a.form === "date" || b.form === "date") return a.iso.slice(0, 10) < b.iso.slice(0, 10);
  if (a.zone === b.zone) return a.iso < b.iso;
  if (hasOffset(a.iso) && hasOffset(b.iso)) return Date.parse(a.iso) < Date.parse(b.iso);
  return Date.parse(a.iso.slice(0, 10)) + 2 * 86_400_000 <= Date.parse(b.iso.slice(0, 10));
}

function hasOffset(iso: string): boolean {
  return /(?:Z|[+-]\d\d:?\d\d)$/.test(iso.slice(10));
}
