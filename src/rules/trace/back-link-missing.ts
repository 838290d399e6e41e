import { type Listed, listedAfter } from "../back-link.ts";
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
  check(context, report) {
    const { trace } = context;
    const listed = sectionMentions(trace.graph, trace.path, "downstream");
    const [first] = listed;
    const node = first === undefined ? undefined : artifactNode(trace);
    // Why: a document without a section on what lies below it names nothing, and is not asked to.
    if (first === undefined || node === undefined || listingPath(trace, node) !== trace.path) return "not-applicable";
    const named = mentionedBy(trace, node, "downstream");
    for (const { child, ...draft } of missing(trace, node, named)) {
      const edit = child === undefined ? undefined : listedAfter(context.source.text, trace.path, listed, child);
      const fix = edit === undefined ? {} : { fix: { title: "list what follows from the document", edits: [edit] } };
      report({ ...draft, ...fix, at: first });
    }
    return undefined;
  },
});

/** Why: of a contract in two files, or a plan in parts, one lacks the link, not each of them. */
function listingPath({ graph }: TraceFacts, node: number): string | undefined {
  return graph.holdersOf(node).find((path) => sectionMentions(graph, path, "downstream").length > 0);
}

type Missing = Omit<Draft, "at"> & { readonly child: Listed | undefined };

function missing(trace: TraceFacts, node: number, named: ReadonlySet<string>): readonly Missing[] {
  const { graph } = trace;
  const own = graph.idOf(node);
  const children = new Set(graph.kinship.children(node));
  const absent = (one: number): boolean => one !== node && !named.has(graph.idOf(one)) && isArtifact(trace, one);
  const mentioning = [...graph.kinship.mentioningAsSource(node)].filter((one) => !children.has(one));
  const draft = (one: number, claim: string): Missing => {
    const [id, view] = [graph.idOf(one), graph.view(one)];
    return {
      message: `${claim}, but ${own} does not list ${id} among what follows from it. Add ${id} here.`,
      cause: `back-link:${id}`,
      child: view === undefined ? undefined : { ...view, id },
    };
  };
  return [
    ...[...children]
      .filter(absent)
      .map((one) => draft(one, `The tags of ${graph.idOf(one)} name ${own} as its source`)),
    ...mentioning.filter(absent).map((one) => ({
      ...draft(one, `${graph.idOf(one)} lists ${own} among its sources`),
      severity: "info" as const,
    })),
  ];
}

/** Why: source and test files name documents by the hundred; documents list other documents. */
function isArtifact({ graph }: TraceFacts, node: number): boolean {
  return graph.view(node)?.role === "artifact";
}
