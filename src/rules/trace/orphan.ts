import type { TraceGraph } from "#graph/graph";
import type { LinkList } from "#graph/link-view";
import { filesOf } from "../document-files.ts";
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
    if (isTied(graph, node, path)) return undefined;
    const files = filesOf(trace);
    // Why: the files of one document are tied together, and one of them says that they are not.
    if (files[0] !== path || files.some((file) => isTied(graph, node, file))) return undefined;
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

/** Why: that a document lacks the element which a tag names is a finding of its own. */
function leadsOn(graph: TraceGraph, links: LinkList, index: number, own: number): boolean {
  if (links.to(index) >= 0) return true;
  const document = links.document(index);
  return document >= 0 && document !== own && graph.holdersOf(document).length > 0;
}

/** True when a tag in the file leads to something, or a tag anywhere to it. */
function isTied(graph: TraceGraph, node: number, path: string): boolean {
  const links = graph.linksOf(path);
  for (let index = 0; index < links.length; index++) if (leadsOn(graph, links, index, node)) return true;
  return [node, ...graph.elementsOf(path)].some((one) => graph.coverage.isNamed(one));
}
