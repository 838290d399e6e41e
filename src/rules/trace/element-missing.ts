import type { Profile } from "#profile/profile";
import { defineRule, type Draft, type Rule } from "../rule.ts";
import { didYouMean, documentIn, linksWith, normalIds, type WrittenLink } from "../trace-links.ts";

/** Every element a tag names is defined in the document it names. */
export const elementMissing: Rule = defineRule({
  code: "trace/element-missing",
  severity: "error",
  title: "Tag that leads to no element",
  summary: "Every element that a tag names is defined in the document that the tag names.",
  needs: ["trace"],
  check({ trace, profile, source }, report) {
    if (trace.graph.linksOf(trace.path).length === 0) return "not-applicable";
    for (const link of linksWith(trace, ["missing"])) {
      const id = documentIn(link.to);
      if (link.to === id || trace.graph.find(id) === undefined) continue;
      const element = link.to.slice(id.length + 1);
      const cure = isOpen(element, profile)
        ? " That is a placeholder: put in the element that is meant."
        : didYouMean(trace.graph, link) || " Name an element that it defines, or define this one.";
      report({
        message: `${id} defines no ${element}.${cure}`,
        at: link,
        cause: `element-missing:${link.to}`,
        ...healing(link, source.text, trace.graph.nearMisses(link.path, link.row)),
      });
    }
  },
});

/** The edit that makes `BRD-001:fr-001` `BRD-001:FR-001`, where that is the one element that was meant. */
function healing({ to, start, end }: WrittenLink, text: string, near: readonly string[]): Pick<Draft, "fix"> {
  const [meant = "", ...others] = near.filter((id) => id.toUpperCase() === to.toUpperCase());
  const written = text.slice(start, end);
  if (meant === "" || others.length > 0 || !to.endsWith(written)) return {};
  const edit = { start, end, text: meant.slice(-written.length), expected: written };
  return { fix: { title: normalIds, edits: [edit] } };
}

/** True for `REQ-ID` and `FR-NNN`, which nobody filled in. */
function isOpen(element: string, { ids }: Profile): boolean {
  const words = element.split(/[-_.]/u);
  return words.at(-1) === "ID" || ids.placeholders.some((word) => words.includes(word));
}
