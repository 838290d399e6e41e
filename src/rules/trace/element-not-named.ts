import type { ElementLevel } from "#profile/profile";
import type { Severity } from "#model/finding";
import { layerOf } from "#profile/dialect";
import { defineRule, type Rule } from "../rule.ts";
import { linksWith } from "../trace-links.ts";

const grades: Readonly<Record<Exclude<ElementLevel, "none">, Severity>> = { required: "warning", recommended: "info" };

/** A tag says which element of a document it means, where the layer demands it. */
export const elementNotNamed: Rule = defineRule({
  code: "trace/element-not-named",
  severity: "warning",
  title: "Tag that names a document, but no element of it",
  summary: "A tag names an element where its layer asks for one and the document defines some.",
  needs: ["trace"],
  check({ trace, profile }, report) {
    if (trace.graph.linksOf(trace.path).length === 0) return "not-applicable";
    for (const link of linksWith(trace, ["document-only"])) {
      const node = trace.graph.find(link.to);
      const target = node === undefined ? undefined : trace.graph.view(node);
      const level = layerOf(profile, target?.type ?? "")?.element ?? "none";
      if (node === undefined || target === undefined || level === "none") continue;
      const elements = trace.graph.elementsOf(target.path).filter((one) => trace.graph.isDemanding(one));
      const first = elements[0];
      if (first === undefined) continue;
      report({
        message: `${link.to} is named as a whole; it defines ${elements.length === 1 ? "one element" : `${elements.length} elements`}. Write which is meant, such as ${trace.graph.idOf(first)}.`,
        at: link,
        severity: grades[level],
        cause: `element-not-named:${link.to}`,
      });
    }
  },
});
