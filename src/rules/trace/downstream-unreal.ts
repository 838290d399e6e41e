import type { SectionMention } from "#graph/mentions";
import { isReserved, parseDocumentId } from "#profile/dialect";
import type { TraceFacts } from "../facts.ts";
import { defineRule, type Rule } from "../rule.ts";
import { artifactNode, sectionMentions } from "../section-mentions.ts";

/** What a document lists as following from it is there and leads to it. */
export const downstreamUnreal: Rule = defineRule({
  code: "trace/downstream-unreal",
  severity: "warning",
  title: "Listed as following, but it does not follow",
  summary: "Every document that another lists as following from it is there, and leads back to it.",
  needs: ["trace"],
  check({ trace, profile, source }, report) {
    const mentions = sectionMentions(trace.graph, trace.path, "downstream");
    const node = mentions.length === 0 ? undefined : artifactNode(trace);
    if (node === undefined) return "not-applicable";
    const own = trace.graph.idOf(node);
    for (const mention of mentions) {
      const { document, linked } = mention;
      const reserved = parseDocumentId(profile, document);
      if (document === own || (reserved !== undefined && isReserved(profile, reserved))) continue;
      const target = trace.graph.find(document);
      // Why: a link whose file is not there is a finding of its own.
      if (target === undefined && !linked && !isPlanned(source.text, mention)) report(absent(trace, mention));
      if (target === undefined || leadsTo(trace, target, node)) continue;
      report({
        message: `${document} does not lead to ${own}: neither its tags nor its sources name it. Let ${document} name ${own}, or take it out here.`,
        at: mention,
      });
    }
    return undefined;
  },
});

function absent({ graph }: TraceFacts, mention: SectionMention): { message: string; at: SectionMention } {
  const near = graph.alike(mention.document);
  const cure = near.length === 0 ? "Write it, or take it out here." : `Did you mean ${near.join(" or ")}?`;
  return { message: `There is no ${mention.document}. ${cure}`, at: mention };
}

/** A cell or a bracket that says that the document is still to come. */
const toCome =
  /[|(]\s*(?:[^\p{L}|()\n]{0,8}\s)?(?:pending|planned|proposed|upcoming|future|not started|to ?do|tbd|to be (?:written|created|done|defined))\s*[|)]/iu;

/** True where the line that names a document says that it is not written yet. */
function isPlanned(text: string, { start, end }: SectionMention): boolean {
  const lineEnd = text.indexOf("\n", end);
  return toCome.test(text.slice(text.lastIndexOf("\n", start - 1) + 1, lineEnd < 0 ? text.length : lineEnd));
}

/** True when the chain of tags, or a section on sources, leads from one document up to the other. */
function leadsTo({ graph, path }: TraceFacts, from: number, to: number): boolean {
  if (graph.kinship.mentioningAsSource(to).has(from)) return true;
  const seen = new Set([from]);
  for (const node of seen) {
    if (graph.holdersOf(node).some((one) => one !== path && namesDocument(graph, one, to))) return true;
    for (const parent of graph.kinship.parents(node)) seen.add(parent);
  }
  return false;
}

function namesDocument(graph: TraceFacts["graph"], path: string, node: number): boolean {
  const links = graph.linksOf(path);
  for (let index = 0; index < links.length; index++) if (links.document(index) === node) return true;
  return false;
}
