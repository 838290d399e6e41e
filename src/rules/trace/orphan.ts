import { titlePlace } from "../title-place.ts";
import { layerOf } from "#profile/dialect";
import { defineRule, type Rule } from "../rule.ts";

/** Every artifact is tied to the chain. */
export const orphan: Rule = defineRule({
  code: "trace/orphan",
  severity: "warning",
  title: "Artifact that nothing ties to the chain",
  summary: "Every artifact leads to something above it, or something below leads to it.",
  needs: ["trace"],
  check(context, report) {
    // Why: headings are read when one is needed.
    const { trace, document, profile } = context;
    const { graph, path } = trace;
    const layer = layerOf(profile, document.type ?? "");
    const node = document.id === undefined || document.template ? undefined : graph.find(document.id);
    if (layer === undefined || node === undefined || graph.documents().length < 2) return "not-applicable";
    const links = graph.linksOf(path);
    for (let index = 0; index < links.length; index++) if (links.to(index) >= 0) return undefined;
    const isNamed = [node, ...graph.elementsOf(path)].some((one) => graph.coverage.isNamed(one));
    if (isNamed) return undefined;
    const cure =
      layer.upstream.length === 0
        ? "Let a document of the next layer name it, or take it out."
        : "Name the documents it comes from in tags.";
    report({
      message: `No tag of ${document.id} leads to a document, and no tag leads to it. ${cure}`,
      at: titlePlace(context),
    });
    return undefined;
  },
});
