import { parseDocumentId } from "#profile/dialect";
import { quote } from "../quote.ts";
import { defineRule, type Rule } from "../rule.ts";
import { malformedField } from "./field-form.ts";

/** The parent is a document of the type plans are made from. */
export const parentTasksForm: Rule = defineRule({
  code: "plan/parent-tasks-form",
  severity: "warning",
  title: "Parent TASKS form",
  summary: "Parent TASKS names the id of a document of the parent type.",
  needs: ["plan"],
  check(context, report) {
    const { plan, profile } = context;
    const field = plan.control?.parentTasks;
    if (field === undefined) return "not-applicable";
    const type = profile.plan.parentType;
    if (malformedField(context, "parentTasks") !== undefined) {
      report({
        message: `${quote(field.raw)} names no ${type} document. Write its id, such as ${type}-001.`,
        at: field.range,
      });
    }
    for (const id of field.value ?? []) {
      const found = parseDocumentId(profile, id);
      if (found === undefined || found.type === type) continue;
      report({ message: `${id} is no ${type} document. Name the ${type} this plan carries out.`, at: field.range });
    }
  },
});
