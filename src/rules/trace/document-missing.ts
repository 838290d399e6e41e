import { layerOf } from "#profile/dialect";
import { defineRule, type Rule } from "../rule.ts";
import { didYouMean, documentIn, linksWith } from "../trace-links.ts";

/** Every tag names a document that is there. */
export const documentMissing: Rule = defineRule({
  code: "trace/document-missing",
  severity: "error",
  title: "Tag that leads to no document",
  summary: "Every tag names a document that the workspace has.",
  needs: ["trace"],
  check({ trace, profile }, report) {
    if (trace.graph.linksOf(trace.path).length === 0) return "not-applicable";
    const missing = linksWith(trace, ["missing"]);
    if (missing.length === 0) return undefined;
    const ofPaths = profile.layers.filter((layer) => layer.reference === "path").map((layer) => layer.tag);
    for (const link of missing) {
      const id = documentIn(link.to);
      if (ofPaths.includes(link.tag) || trace.graph.find(id) !== undefined) continue;
      const type = layerOf(profile, id.split(/[-.]/)[0] ?? "")?.type;
      const cure =
        didYouMean(trace.graph, link) ||
        (type === undefined ? " Correct the id." : ` Write the ${type}, or correct the id.`);
      report({ message: `There is no document ${id}.${cure}`, at: link, cause: `document-missing:${id}` });
    }
    return undefined;
  },
});
