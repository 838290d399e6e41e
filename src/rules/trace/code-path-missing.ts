import { onceFor } from "#model/lazily";
import type { Profile } from "#profile/profile";
import { defineRule, type Rule } from "../rule.ts";
import { surveyTags } from "../tag-survey.ts";
import { didYouMean, linksWith } from "../trace-links.ts";

/** A tag that names a path names one that is there. */
export const codePathMissing: Rule = defineRule({
  code: "trace/code-path-missing",
  severity: "error",
  title: "Tag of a source file that is not there",
  summary: "A tag that names a source file by its path names one that exists.",
  needs: ["trace", "workspace"],
  check({ trace, workspace, profile }, report) {
    const names = tagsOfPaths(profile);
    if (!surveyTags(trace).names.some((name) => names.has(name))) return "not-applicable";
    for (const link of linksWith(trace, ["missing"])) {
      if (!names.has(link.tag) || workspace.exists(link.to)) continue;
      const cure =
        didYouMean(trace.graph, link) || " Correct the path from the root of the workspace, or write the file.";
      report({ message: `There is no file ${link.to}.${cure}`, at: link });
    }
    return undefined;
  },
});

/** Names of the tags whose value is a path. */
const tagsOfPaths = onceFor(
  ({ layers }: Profile): ReadonlySet<string> =>
    new Set(layers.flatMap((layer) => (layer.reference === "path" ? (layer.tag ?? []) : []))),
);
