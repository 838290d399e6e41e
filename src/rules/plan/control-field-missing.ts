import { defineRule, type Rule } from "../rule.ts";

/** The control table has every required field. */
export const controlFieldMissing: Rule = defineRule({
  code: "plan/control-field-missing",
  severity: "warning",
  title: "Control field missing",
  summary: "The control table has a value for every field the profile requires.",
  needs: ["plan"],
  check({ plan, profile, source }, report) {
    const { control } = plan;
    if (control === undefined) return "not-applicable";
    const required = profile.plan.fields.filter((field) => field.required);
    const missing = required
      .filter((field) => control[field.key] === undefined)
      .map(({ key, names }) => names[0] ?? key);
    if (missing.length > 0) {
      const start = control.range.start.offset;
      const rows = missing.length === 1 ? "the row" : "the rows";
      report({
        message: `The control table lacks ${missing.join(", ")}. Add ${rows}.`,
        at: { start, end: lineEnd(source.text, start) },
      });
    }
    for (const { key, names } of required) {
      const written = control[key];
      if (written === undefined || written.raw.trim() !== "") continue;
      report({ message: `"${names[0] ?? key}" is empty. Write its value.`, at: written.range });
    }
  },
});

/** Where the words of a line end. */
function lineEnd(text: string, start: number): number {
  const end = text.indexOf("\n", start);
  return start + text.slice(start, end < 0 ? text.length : end).trimEnd().length;
}
