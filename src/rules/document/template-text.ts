import type { Section } from "#model/plan";
import type { Span } from "#model/source";
import { findTemplateText } from "../find-template-text.ts";
import { wordsOf } from "../masked-text.ts";
import { defineRule, type Rule } from "../rule.ts";

/** Nothing of the template was left unfilled. */
export const templateText: Rule = defineRule({
  code: "document/template-text",
  severity: "warning",
  title: "Template text left",
  summary: "No placeholder of the template is left in the text.",
  needs: ["plan"],
  check({ source, plan, profile }, report) {
    const allowed = plan.control?.actualEffort?.range;
    for (const slot of findTemplateText(wordsOf(source, plan), profile)) {
      if (allowed !== undefined && slot.start >= allowed.start.offset && slot.end <= allowed.end.offset) continue;
      const section = sectionAt(plan.sections, slot);
      const where = section === undefined ? "" : ` in "${section.title}"`;
      report({
        message: `Template text is left${where}: ${shorten(slot.text)}. Write what it stands for, or remove it.`,
        at: slot,
        cause: `template-text:${section?.title ?? ""}`,
      });
    }
  },
});

function sectionAt(sections: readonly Section[], span: Span): Section | undefined {
  return sections.findLast(({ range }) => range.start.offset <= span.start && span.start < range.end.offset);
}

function shorten(text: string): string {
  return text.length <= 60 ? text : `${text.slice(0, 58)}…]`;
}
