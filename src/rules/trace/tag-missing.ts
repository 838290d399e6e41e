import type { Profile } from "#profile/profile";
import type { TraceFacts } from "../facts.ts";
import { layerOf } from "#profile/dialect";
import { filesOf } from "../document-files.ts";
import { inheritedTag, inheritedTitle, isCertain, type TaggedText } from "../inherited-tag.ts";
import { defineRule, type Draft, type Rule, type RuleContext } from "../rule.ts";
import { headingOfTags } from "../tag-fence.ts";
import { exampleTags } from "../tag-rows.ts";
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
    const files = filesOf(trace);
    const missing = missingIn(profile, required, writtenNames(trace, files));
    // Why: of a document in several files one lacks the tag, not each of them.
    if (missing.length === 0 || files[0] !== trace.path) return undefined;
    const all = required.length;
    // Why: where no layer above has a document there is no chain yet to which the document could be tied.
    const hasChain = required.some((type) => trace.graph.hasType(type)) || missing.length < all;
    const names = missing.map((tag) => `@${tag}`).join(", ");
    report({
      message: `${missing.length === all ? `None of the ${all} mandatory tags of this ${document.type} is there` : `${all - missing.length} of ${all} mandatory tags are there`}; missing: ${names}. ${cureOf(context, missing)}`,
      at: titlePlace(context),
      severity: hasChain ? "error" : "warning",
      ...fixOf(context, missing),
    });
    return undefined;
  },
});

/** Why: people put their tags into a fence where the framework shows examples, and would look for them there. */
function cureOf({ trace, profile, source }: RuleContext & TaggedText, missing: readonly string[]): string {
  const section = `"${traceSection(profile)}"`;
  const example = exampleTags(trace).find((tag) => missing.includes(tag.type));
  return example === undefined || example.document === undefined
    ? `Write them ${placeOfTags(trace.path, profile)}.`
    : `What stands in the fence at line ${source.position(example.start).line} counts as an example, as the nearest heading is another: put a heading ${section} above it.`;
}

/** The heading that makes tags in a fence count; else the tags whose value follows from the parents. */
function fixOf(tagged: RuleContext & TaggedText, missing: readonly string[]): Pick<Draft, "fix"> {
  const heading = headingOfTags(tagged, missing, traceSection(tagged.profile));
  if (heading !== undefined)
    return { fix: { title: "put tags under the heading that makes them count", edits: [heading] } };
  const { graph, path } = tagged.trace;
  const edits = graph.writers(path).flatMap((node) =>
    graph.differences(node).flatMap((difference) => {
      const isAsked = missing.includes(difference.tag) && isCertain(graph, difference);
      return isAsked ? (inheritedTag(tagged, difference) ?? []) : [];
    }),
  );
  return edits.length === 0 ? {} : { fix: { title: inheritedTitle, edits } };
}

/** Why: the files of one document carry their tags together. */
function writtenNames({ graph }: TraceFacts, files: readonly string[]): readonly string[] {
  return files.flatMap((path) => surveyTags({ graph, path }).names);
}

function missingIn(profile: Profile, required: readonly string[], written: readonly string[]): readonly string[] {
  const missing: string[] = [];
  for (const type of required) {
    const tag = layerOf(profile, type)?.tag;
    if (tag !== undefined && !written.includes(tag)) missing.push(tag);
  }
  return missing;
}

/** Where a document of this kind carries its tags. */
function placeOfTags(path: string, profile: Profile): string {
  if (path.endsWith(".feature")) return "above the feature or its scenarios, as @brd:BRD-001:FR-001";
  if (/\.ya?ml$/iu.test(path)) return `as entries of \`${profile.tags.yamlKeys[0] ?? "traceability"}:\``;
  return `under "${traceSection(profile)}"`;
}

function traceSection(profile: Profile): string {
  return profile.plan.sections.find((section) => section.key === "traceability-tags")?.titles[0] ?? "Traceability Tags";
}
