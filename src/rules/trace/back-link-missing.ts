import type { TraceFacts } from "../facts.ts";
import { defineRule, type Draft, type Rule } from "../rule.ts";
import { artifactNode, mentionedBy, sectionMentions } from "../section-mentions.ts";

/** What names a document as its source stands in that document's section on what follows. */
export const backLinkMissing: Rule = defineRule({
  code: "trace/back-link-missing",
  severity: "warning",
  title: "Source that does not name what follows from it",
  summary: "A document that lists what follows from it lists every document that names it as its source.",
  needs: ["trace"],
  check({ trace }, report) {
    const [first] = sectionMentions(trace.graph, trace.path, "downstream");
    const node = first === undefined ? undefined : artifactNode(trace);
    // Why: a document without a section on what lies below it names nothing, and is not asked to.
    if (first === undefined || node === undefined || listingPath(trace, node) !== trace.path) return "not-applicable";
    const named = mentionedBy(trace, node, "downstream");
    for (const draft of missing(trace, node, named)) report({ ...draft, at: first });
    return undefined;
  },
});

/** Why: of a contract in two files, or a plan in parts, one lacks the link, not each of them. */
function listingPath({ graph }: TraceFacts, node: number): string | undefined {
  return graph.holdersOf(node).find((path) => sectionMentions(graph, path, "downstream").length > 0);
}

function missing(trace: TraceFacts, node: number, named: ReadonlySet<string>): readonly Omit<Draft, "at">[] {
  const { graph } = trace;
  const own = graph.idOf(node);
  const children = new Set(graph.kinship.children(node));
  const absent = (one: number): boolean => one !== node && !named.has(graph.idOf(one)) && isArtifact(trace, one);
  const byTag = [...children].filter(absent).map((one) => graph.idOf(one));
  const mentioning = [...graph.kinship.mentioningAsSource(node)].filter((one) => !children.has(one) && absent(one));
  return [
    ...byTag.map((id) => ({
      message: `The tags of ${id} name ${own} as its source, but ${own} does not list ${id} among what follows from it. Add ${id} here.`,
      cause: `back-link:${id}`,
    })),
    ...mentioning.map((one) => ({
      message: `${graph.idOf(one)} lists ${own} among its sources, but ${own} does not list ${graph.idOf(one)} among what follows from it. Add ${graph.idOf(one)} here.`,
      severity: "info" as const,
      cause: `back-link:${graph.idOf(one)}`,
    })),
  ];
}

/** Why: source and test files name documents by the hundred; documents list other documents. */
function isArtifact({ graph }: TraceFacts, node: number): boolean {
  return graph.view(node)?.role === "artifact";
}
