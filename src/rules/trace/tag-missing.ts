import type { Profile } from "#profile/profile";
import type { TraceFacts } from "../facts.ts";
import { layerOf } from "#profile/dialect";
import { inheritedTag, inheritedTitle, isCertain, type TaggedText } from "../inherited-tag.ts";
import { defineRule, type Draft, type Rule } from "../rule.ts";
import { surveyTags } from "../tag-survey.ts";
import { titlePlace } from "../title-place.ts";

/** Every artifact carries the tags of its layer. */
export const tagMissing: Rule = defineRule({
  code: "trace/tag-missing",
  severity: "error",
  title: "Mandatory tag that is missing",
  summary: "Every artifact carries a tag for each mandatory layer above its own.",
  needs: ["trace"],
  check(context, report) {
    // Why: headings are read when one is needed.
    const { trace, document, profile } = context;
    const required = layerOf(profile, document.type ?? "")?.upstream ?? [];
    const role = trace.graph.trace(trace.path)?.role;
    if (required.length === 0 || document.id === undefined || role !== "artifact") return "not-applicable";
    const written = writtenNames(trace);
    const missing: string[] = [];
    for (const type of required) {
      const tag = layerOf(profile, type)?.tag;
      if (tag !== undefined && !written.includes(tag)) missing.push(tag);
    }
    if (missing.length === 0) return undefined;
    const all = required.length;
    // Why: where no layer above has a document there is no chain yet to which the document could be tied.
    const hasChain = required.some((type) => trace.graph.hasType(type)) || missing.length < all;
    const names = missing.map((tag) => `@${tag}`).join(", ");
    report({
      message: `${missing.length === all ? `None of the ${all} mandatory tags of this ${document.type} is there` : `${all - missing.length} of ${all} mandatory tags are there`}; missing: ${names}. Write them under "${traceSection(profile)}".`,
      at: titlePlace(context),
      severity: hasChain ? "error" : "warning",
      ...fixOf(context, missing),
    });
    return undefined;
  },
});

/** The tags whose value follows from the parents. */
function fixOf(tagged: TaggedText, missing: readonly string[]): Pick<Draft, "fix"> {
  const { graph, path } = tagged.trace;
  const edits = graph.writers(path).flatMap((node) =>
    graph.differences(node).flatMap((difference) => {
      const isAsked = missing.includes(difference.tag) && isCertain(graph, difference);
      return isAsked ? (inheritedTag(tagged, difference) ?? []) : [];
    }),
  );
  return edits.length === 0 ? {} : { fix: { title: inheritedTitle, edits } };
}

/** Why: parts of one split document carry their tags together. */
function writtenNames(facts: TraceFacts): readonly string[] {
  const { graph, path } = facts;
  const own = graph.trace(path);
  const node = own?.part === undefined || own.id === undefined ? undefined : graph.find(own.id);
  if (node === undefined) return surveyTags(facts).names;
  return graph.holdersOf(node).flatMap((part) => surveyTags({ graph, path: part }).names);
}

function traceSection(profile: Profile): string {
  return profile.plan.sections.find((section) => section.key === "traceability-tags")?.titles[0] ?? "Traceability Tags";
}
