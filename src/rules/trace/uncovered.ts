import { layerOf } from "#profile/dialect";
import { defineRule, type Rule } from "../rule.ts";

/** Every requirement and scenario is named by something below. */
export const uncovered: Rule = defineRule({
  code: "trace/uncovered",
  severity: "warning",
  title: "Requirement that nothing answers",
  summary: "Every element of a layer whose elements must be named is named by something below it.",
  needs: ["trace"],
  check({ trace, document, profile }, report) {
    const { graph, path } = trace;
    const layer = layerOf(profile, document.type ?? "");
    if (layer?.element !== "required" || document.template || document.id === undefined) return "not-applicable";
    const elements = graph.elementsOf(path).filter((node) => graph.isDemanding(node));
    if (!elements.some((node) => graph.coverage.demandedOf(node).length > 0)) return "not-applicable";
    for (const node of elements) {
      if (graph.coverage.isNamedLater(node)) continue;
      const site = graph.sitesOf(node).find((one) => one.path === path);
      if (site === undefined) continue;
      report({
        message: `Nothing below names ${graph.idOf(node)}. Let what answers it carry a tag @${layer.tag ?? ""}: ${graph.idOf(node)}.`,
        at: site,
        cause: `uncovered:${document.id}`,
      });
    }
    return undefined;
  },
});
