import { quote } from "../quote.ts";
import { type Draft, defineRule, type Rule } from "../rule.ts";
import { malformedField } from "./field-form.ts";

const slashed = /^(\d{4})\/(0[1-9]|1[0-2])\/(0[1-9]|[12]\d|3[01])(?= |$)/;

/** Created and Last Updated are written as times. */
export const timeForm: Rule = defineRule({
  code: "plan/time-form",
  severity: "warning",
  title: "Time form",
  summary: "Created and Last Updated are written as YYYY-MM-DD HH:MM:SS with a zone, or as ISO 8601.",
  needs: ["plan"],
  check(context, report) {
    const { control } = context.plan;
    if (control?.created === undefined && control?.lastUpdated === undefined) return "not-applicable";
    for (const key of ["created", "lastUpdated"] as const) {
      const wrong = malformedField(context, key);
      if (wrong === undefined) continue;
      report({
        message: `${quote(wrong.raw)} is no time. Write it like 2026-01-31 14:30:00 UTC.`,
        at: wrong.range,
        ...fixOf(wrong.raw, wrong.range.start.offset),
      });
    }
  },
});

/** Slashes between year, month and day are certain: no other order begins with the year. */
function fixOf(raw: string, start: number): Pick<Draft, "fix"> {
  const match = slashed.exec(raw);
  if (match === null) return {};
  const text = match[0].replaceAll("/", "-");
  return {
    fix: {
      title: "Write the date with dashes",
      edits: [{ start, end: start + text.length, text, expected: match[0] }],
    },
  };
}
