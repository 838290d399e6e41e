import { tagFlag } from "#model/trace";
import { filesOf } from "../document-files.ts";
import type { TraceFacts } from "../facts.ts";
import { liveTags } from "../tag-rows.ts";
import { surveyTags } from "../tag-survey.ts";
import { titlePlace } from "../title-place.ts";
import { defineRule, type Rule } from "../rule.ts";

/** Optional layers are named where the document's ancestors have them. */
export const optionalTagMissing: Rule = defineRule({
  code: "trace/optional-tag-missing",
  severity: "error",
  title: "Tag of an optional layer that is missing",
  summary: "A tag of an optional layer is there when the document's ancestors have such documents.",
  needs: ["trace"],
  check(context, report) {
    // Why: headings are read when one is needed.
    const { trace, document } = context;
    const { graph, path } = trace;
    const node = document.id === undefined ? undefined : graph.find(document.id);
    const conditional = node === undefined || document.template ? [] : graph.conditional(node);
    if (node === undefined || conditional.length === 0 || graph.trace(path)?.role !== "artifact")
      return "not-applicable";
    for (const { type, tag, ancestors, written, inProject } of conditional) {
      if (written || (ancestors.length === 0 && !inProject)) continue;
      const files = filesOf(trace);
      // Why: of a document in several files one lacks the tag, not each of them.
      if (files[0] !== path || files.some((file) => saysNone({ graph, path: file }, tag))) continue;
      const [first] = ancestors;
      const message =
        first === undefined
          ? `@${tag} is not there, though the project has ${type} documents. Name the one that concerns this document, or write @${tag}: null.`
          : `@${tag} is missing: the ancestors of this document lead to ${ancestors.map((one) => graph.idOf(one)).join(", ")}. Write @${tag}: ${graph.idOf(first)}.`;
      report({ message, at: titlePlace(context), severity: first === undefined ? "info" : "error" });
    }
    return undefined;
  },
});

function saysNone(file: TraceFacts, tag: string): boolean {
  return (surveyTags(file).flags & tagFlag.none) !== 0 && liveTags(file, tagFlag.none).some((one) => one.type === tag);
}
