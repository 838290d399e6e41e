import { defineRule, type Rule } from "../rule.ts";

/** An element is defined once. */
export const duplicateElement: Rule = defineRule({
  code: "trace/duplicate-element",
  severity: "error",
  title: "Element that is defined twice",
  summary: "An element is defined once in its document.",
  needs: ["trace"],
  check({ trace }, report) {
    if (trace.graph.elementsOf(trace.path).length === 0) return "not-applicable";
    for (const { node, sites } of trace.graph.duplicateElements(trace.path)) {
      const [first] = sites;
      for (const site of sites.slice(1).filter((one) => one.path === trace.path)) {
        const where = first?.path === trace.path ? "above" : `in ${first?.path ?? "another part"}`;
        report({
          message: `${trace.graph.idOf(node)} is defined ${where} already; links lead there. Give this one an id of its own.`,
          at: site,
        });
      }
    }
    return undefined;
  },
});
