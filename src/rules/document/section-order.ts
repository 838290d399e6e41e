import type { Section } from "#model/plan";
import { defineRule, type Rule } from "../rule.ts";

/** Sections stand in the order of the profile. */
export const sectionOrder: Rule = defineRule({
  code: "document/section-order",
  severity: "info",
  title: "Section order",
  summary: "The sections of a plan stand in the order readers expect.",
  needs: ["plan"],
  check({ plan, profile }, report) {
    const places = new Map<string, number>(profile.plan.sections.map((section, index) => [section.key, index]));
    const sections = outermost(plan.sections);
    if (sections.length < 2) return "not-applicable";
    let last: { section: Section; place: number } | undefined;
    for (const section of sections) {
      const place = places.get(section.name ?? "") ?? 0;
      if (last !== undefined && place < last.place) {
        report({
          message: `"${section.title}" belongs before "${last.section.title}". Move it there.`,
          at: section.heading,
        });
      } else last = { section, place };
    }
  },
});

/** The first section of each known name that stands on the level of most known sections. */
function outermost(sections: readonly Section[]): readonly Section[] {
  const known = sections.filter((section) => section.name !== undefined && section.level > 1);
  const level = Math.min(...known.map((section) => section.level));
  const seen = new Set<string>();
  return known.filter((section) => {
    const name = section.name ?? "";
    if (section.level !== level || seen.has(name)) return false;
    seen.add(name);
    return true;
  });
}
