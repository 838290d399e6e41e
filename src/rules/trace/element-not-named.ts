import type { ElementLevel, Profile } from "#profile/profile";
import type { Severity } from "#model/finding";
import { layerOf } from "#profile/dialect";
import type { TraceFacts } from "../facts.ts";
import { defineRule, type Draft, type Rule } from "../rule.ts";
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
    // Why: each of thousands of tags may name the same document.
    const known = new Map<string, Pick<Draft, "message" | "severity"> | undefined>();
    for (const link of linksWith(trace, ["document-only"])) {
      const said = known.has(link.to) ? known.get(link.to) : sayOf(trace, profile, link.to);
      known.set(link.to, said);
      if (said !== undefined) report({ ...said, at: link, cause: `element-not-named:${link.to}` });
    }
    return undefined;
  },
});

/** What is said of tags that name a document as a whole; undefined where that is all that can be named. */
function sayOf({ graph }: TraceFacts, profile: Profile, id: string): Pick<Draft, "message" | "severity"> | undefined {
  const node = graph.find(id);
  const target = node === undefined ? undefined : graph.view(node);
  const level = layerOf(profile, target?.type ?? "")?.element ?? "none";
  if (target === undefined || level === "none") return undefined;
  const elements = graph.elementsOf(target.path).filter((one) => graph.isDemanding(one));
  const first = elements[0];
  if (first === undefined) return undefined;
  const count = elements.length === 1 ? "one element" : `${elements.length} elements`;
  return {
    message: `${id} is named as a whole; it defines ${count}. Write which is meant, such as ${graph.idOf(first)}.`,
    severity: grades[level],
  };
}
