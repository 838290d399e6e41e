import { defineRule, type Rule } from "../rule.ts";

/** The control table has every required field. */
export const controlFieldMissing: Rule = defineRule({
  code: "plan/control-field-missing",
  severity: "warning",
  title: "Control field missing",
  summary: "The control table has a value for every field the profile requires.",
  needs: ["plan"],
  check({ plan, profile }, report) {
    const { control } = plan;
    if (control === undefined) return "not-applicable";
    const start = control.range.start.offset;
    for (const field of profile.plan.fields.filter((one) => one.required)) {
      const written = control[field.key];
      const name = field.names[0] ?? field.key;
      if (written === undefined) {
        report({ message: `The control table lacks "${name}". Add the row.`, at: { start, end: start + 1 } });
      } else if (written.raw.trim() === "") {
        report({ message: `"${name}" is empty. Write its value.`, at: written.range });
      }
    }
  },
});
