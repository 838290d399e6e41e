import type { TraceLink } from "#model/trace";
import type { TraceFacts } from "../facts.ts";
import { defineRule, type Rule } from "../rule.ts";
import { documentIn, linksWith } from "../trace-links.ts";

/** Tags lead to earlier layers, never to later ones. */
export const upward: Rule = defineRule({
  code: "trace/upward",
  severity: "error",
  title: "Tag that points the wrong way",
  summary: "Tags lead to layers that come before; what comes after names its sources itself.",
  needs: ["trace"],
  check({ trace, document }, report) {
    if (trace.graph.linksOf(trace.path).length === 0) return "not-applicable";
    for (const link of linksWith(trace, ["upward"])) {
      const id = documentIn(link.to);
      const from = document.type ?? "This document";
      report({
        message: `${id} does not come before ${from}: its own tags have to name this document. Take the tag out here, or list ${id} under the downstream artifacts.`,
        at: link,
        cause: `upward:${id}`,
      });
    }
    for (const link of selfReferences(trace)) {
      report({ message: `${documentIn(link.to)} names itself as its source. Take the tag out.`, at: link });
    }
  },
});

function selfReferences({ graph, path }: TraceFacts): readonly TraceLink[] {
  const links = graph.linksOf(path);
  const found: TraceLink[] = [];
  const writer = links.length === 0 ? -1 : links.from(links.length - 1);
  if (writer < 0) return found;
  const own = graph.documentOf(writer);
  for (let index = 0; index < links.length; index++) {
    if (links.document(index) !== own || links.to(index) < 0 || links.status(index) === "upward") continue;
    found.push(links.at(index));
  }
  return found;
}
