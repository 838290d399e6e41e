import { defineRule, type Rule } from "../rule.ts";
import { didYouMean, linksWith } from "../trace-links.ts";

/** A tag that names a path names one that is there. */
export const codePathMissing: Rule = defineRule({
  code: "trace/code-path-missing",
  severity: "error",
  title: "Tag of a source file that is not there",
  summary: "A tag that names a source file by its path names one that exists.",
  needs: ["trace", "workspace"],
  check({ trace, workspace, profile }, report) {
    const names = profile.layers.filter((layer) => layer.reference === "path").flatMap((layer) => layer.tag ?? []);
    const links = linksWith(trace, ["missing", "exact", "derived", "document-only"]).filter((link) =>
      names.includes(link.tag),
    );
    if (links.length === 0) return "not-applicable";
    for (const link of links.filter((one) => one.status === "missing" && !workspace.exists(one.to))) {
      const cure =
        didYouMean(trace.graph, link) || " Correct the path from the root of the workspace, or write the file.";
      report({ message: `There is no file ${link.to}.${cure}`, at: link });
    }
    return undefined;
  },
});
