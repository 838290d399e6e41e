import { isReserved, layerOf, parseDocumentId } from "#profile/dialect";
import type { Profile } from "#profile/profile";
import type { TraceFacts } from "../facts.ts";
import { defineRule, type Draft, type Rule } from "../rule.ts";
import { artifactNode, mentionedBy, sectionMentions } from "../section-mentions.ts";

/** The section on sources and the tags speak of the same documents. */
export const upstreamDiffers: Rule = defineRule({
  code: "trace/upstream-differs",
  severity: "warning",
  title: "Sources that are not those of the tags",
  summary: "The section on sources names the documents that the tags name, the direct parents at least.",
  needs: ["trace"],
  check({ trace, document, profile }, report) {
    const node = artifactNode(trace);
    if (node === undefined) return "not-applicable";
    const mentioned = mentionedBy(trace, node, "upstream");
    const tagged = mentioned.size === 0 ? mentioned : taggedIds(trace, node);
    // Why: a document without tags, or without such a section, says its sources once and cannot contradict itself.
    if (tagged.size === 0 || mentioned.size === 0) return "not-applicable";
    const own = { id: trace.graph.idOf(node), layer: layerOf(profile, document.type ?? "")?.layer ?? -1 };
    for (const draft of untagged(trace, profile, own, tagged)) report(draft);
    for (const draft of unlisted(trace, node, mentioned)) report(draft);
    return undefined;
  },
});

/** Ids of documents that the live tags of a document name, whether they are there or not. */
function taggedIds({ graph }: TraceFacts, node: number): ReadonlySet<string> {
  const named = new Set<number>();
  for (const path of graph.holdersOf(node)) {
    const links = graph.linksOf(path);
    for (let index = 0; index < links.length; index++) named.add(links.document(index));
  }
  named.delete(-1);
  return new Set(Array.from(named, (one) => graph.idOf(one)));
}

/** What the section names beside the tags: documents of layers above, as others are no sources that tags could name. */
function untagged(
  { graph, path }: TraceFacts,
  profile: Profile,
  own: { readonly id: string; readonly layer: number },
  tagged: ReadonlySet<string>,
): readonly Draft[] {
  return sectionMentions(graph, path, "upstream").flatMap((mention): readonly Draft[] => {
    const id = parseDocumentId(profile, mention.document);
    const layer = id === undefined ? undefined : layerOf(profile, id.type);
    const isSource = layer?.tag !== undefined && layer.layer < own.layer;
    if (id === undefined || !isSource || isReserved(profile, id) || tagged.has(mention.document)) return [];
    return [
      {
        message: `${mention.document} is listed among the sources of ${own.id}, but no tag names it. Write @${layer.tag}: ${mention.document}, or take it out here.`,
        at: mention,
        cause: `upstream-untagged:${mention.document}`,
      },
    ];
  });
}

/** Direct parents that the section leaves out, each at the tag that names it. */
function unlisted({ graph, path }: TraceFacts, node: number, mentioned: ReadonlySet<string>): readonly Draft[] {
  if (graph.holdersOf(node)[0] !== path) return [];
  const own = graph.idOf(node);
  const absent = graph.kinship.parents(node).filter((parent) => {
    return graph.view(parent)?.role === "artifact" && !mentioned.has(graph.idOf(parent));
  });
  return absent.flatMap((parent): readonly Draft[] => {
    const links = graph.linksOf(path);
    for (let index = 0; index < links.length; index++) {
      if (links.document(index) !== parent) continue;
      const id = graph.idOf(parent);
      return [
        {
          message: `The tags name ${id} as a source of ${own}, but the section on its sources does not list it. Add ${id} there.`,
          at: links.at(index),
        },
      ];
    }
    return [];
  });
}
