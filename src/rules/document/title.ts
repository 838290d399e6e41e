import { findDocumentId } from "../find-document-id.ts";
import { defineRule, type Rule } from "../rule.ts";

/** The first heading names the plan's id. */
export const title: Rule = defineRule({
  code: "document/title",
  severity: "warning",
  title: "Title without id",
  summary: "A plan has one heading of level 1, and it names the plan's id.",
  needs: ["plan"],
  check({ plan, profile }, report) {
    const { type } = profile.plan;
    const example = `# ${plan.id ?? `${type}-001`}: ${plan.name ?? "Name of the plan"}`;
    if (plan.title === undefined) {
      report({ message: `No heading of level 1. Write ${example} above the first section.`, at: { start: 0, end: 0 } });
      return;
    }
    const known = findDocumentId(profile, plan.title.text) !== undefined;
    const open = profile.ids.placeholders.some((word) => plan.title?.text.includes(`${type}-${word}`));
    if (known || open) return;
    const other = plan.title.text.split(/[^\w.-]+/).find((word) => word.startsWith(`${type}-`) && /\d/.test(word));
    if (other !== undefined) {
      const message = `${other} is not written as this profile writes ids, such as ${type}-001. Rename it, or choose the profile it follows in iplan.config.yaml.`;
      report({ message, at: plan.title.range });
      return;
    }
    report({ message: `The title does not name the plan's id. Write ${example}.`, at: plan.title.range });
  },
});
