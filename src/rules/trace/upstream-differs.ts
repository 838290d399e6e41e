import type { SectionMention } from "#graph/mentions";
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
  summary:
    "The section on sources names documents that are there, and those that the tags name, the direct parents at least.",
  needs: ["trace"],
  check({ trace, document, profile }, report) {
    const node = artifactNode(trace);
    if (node === undefined) return "not-applicable";
    const mentioned = mentionedBy(trace, node, "upstream");
    if (mentioned.size === 0) return "not-applicable";
    const tagged = taggedIds(trace, node);
    const own = { id: trace.graph.idOf(node), layer: layerOf(profile, document.type ?? "")?.layer ?? -1 };
    // Why: a document without tags says its sources once and cannot contradict itself; but they can be no documents.
    if (tagged.size === 0) for (const draft of absent(trace, profile, own)) report(draft);
    else for (const draft of untagged(trace, profile, own, tagged)) report(draft);
    if (tagged.size > 0) for (const draft of unlisted(trace, node, mentioned)) report(draft);
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

/** Documents of layers above that the section names, each with the tag that would: others are no sources that tags could name. */
function sourcesOf(
  { graph, path }: TraceFacts,
  profile: Profile,
  own: Own,
): readonly (readonly [mention: SectionMention, tag: string])[] {
  return sectionMentions(graph, path, "upstream").flatMap((mention) => {
    const id = parseDocumentId(profile, mention.document);
    const layer = id === undefined ? undefined : layerOf(profile, id.type);
    if (id === undefined || layer?.tag === undefined || layer.layer >= own.layer || isReserved(profile, id)) return [];
    return [[mention, layer.tag] as const];
  });
}

interface Own {
  readonly id: string;
  readonly layer: number;
}

/** What the section names beside the tags. */
function untagged(trace: TraceFacts, profile: Profile, own: Own, tagged: ReadonlySet<string>): readonly Draft[] {
  return sourcesOf(trace, profile, own)
    .filter(([{ document }]) => !tagged.has(document))
    .map(([mention, tag]) => ({
      message: `${mention.document} is listed among the sources of ${own.id}, but no tag names it. Write @${tag}: ${mention.document}, or take it out here.`,
      at: mention,
      cause: `upstream-untagged:${mention.document}`,
    }));
}

/** Sources that are not there. Why: a link whose file is not there is a finding of its own. */
function absent(trace: TraceFacts, profile: Profile, own: Own): readonly Draft[] {
  return sourcesOf(trace, profile, own)
    .filter(([{ document, linked }]) => !linked && trace.graph.find(document) === undefined)
    .map(([mention]) => {
      const near = trace.graph.alike(mention.document);
      const cure = near.length === 0 ? "Write it, or take it out here." : `Did you mean ${near.join(" or ")}?`;
      return {
        message: `${mention.document} is listed among the sources of ${own.id}, but there is no such document. ${cure}`,
        at: mention,
        cause: `upstream-absent:${mention.document}`,
      };
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
